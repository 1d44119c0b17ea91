using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Sweeps;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>A run or sweep that is named by its file may have been made before the file was edited: what is done with it then follows what is stored.</summary>
static class EditedFile
{
    /// <summary>Whether a selector names a file that can be read; a pipe can be read once, and was.</summary>
    public static bool IsFile(string selector) => RunArgument.NamesFile(selector) && new FileInfo(selector) is { Exists: true, Length: > 0 };

    /// <summary>Says so, where it is so.</summary>
    /// <param name="globals">Where to.</param>
    /// <param name="queries">The results file.</param>
    /// <param name="selector">What the user named it by.</param>
    /// <param name="selected">The run or sweep.</param>
    /// <param name="what">What is done with its stored configuration: <c>is verified</c>.</param>
    public static void Note(Globals globals, RunQueries queries, string selector, SelectedRuns selected, string what)
    {
        if (globals.Quiet || !IsFile(selector))
            return;
        ExperimentFile read = ExperimentReader.Read(selector, []);
        HashSet<string> digests = [.. RunProvenance.Digests(read.Files)];
        bool isSameText = selected.Sweep is { } stored ? stored.YamlText == read.YamlText : selected.Ids.Any(id => digests.SetEquals(queries.Get(id).Provenance?.ExperimentFiles.Select(file => file.Sha256) ?? []));
        if (isSameText || (read.Plan is { } plan && IsSame(plan, queries, selected)))
            return;
        (string made, string command) = selected.Sweep is { Sweep.Id: var sweep } ? ($"sweep {sweep}", "sweep") : ($"run {selected.Ids[0]}", "run");
        string now = read.Plan is null ? "" : $" The file as it is now: {globals.Command($"{command} {ShellWord.Quote(selector)}")}";
        globals.Note(VisibleText.Of($"{selector} is not what {made} was made from; its stored configuration {what}.{now}"));
    }

    // Comments may be other ones.
    static bool IsSame(SweepPlan plan, RunQueries queries, SelectedRuns selected) => selected.Sweep is { } sweep
        ? new SweepChange(plan, sweep) is { Added.Count: 0, Removed.Count: 0, HasSameClaims: true }
        : plan.Trials.Any(trial => trial.ConfigSha256 == queries.Get(selected.Ids[0]).Experiment.ConfigSha256);
}
