using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>A run that is named by its file may have been made before the file was edited: what is done with it then follows what is stored.</summary>
static class EditedFile
{
    /// <summary>Says so, where it is so.</summary>
    /// <param name="globals">Where to.</param>
    /// <param name="selector">What the user named the run by.</param>
    /// <param name="run">The run.</param>
    /// <param name="what">What is done with its stored configuration: <c>is verified</c>.</param>
    public static void Note(Globals globals, string selector, RunDetail run, string what)
    {
        // A pipe can be read once, and was.
        if (globals.Quiet || Path.GetExtension(selector) is not (".yaml" or ".yml") || new FileInfo(selector) is not { Exists: true, Length: > 0 })
            return;
        ExperimentResult read = ExperimentReader.Read(selector, []);
        bool isEdited = !RunProvenance.Digests(read.Files).ToHashSet().SetEquals(run.Provenance?.ExperimentFiles.Select(file => file.Sha256) ?? []);
        if (!isEdited || read.Plan?.Trials.Any(trial => ResolvedConfig.Sha256(ResolvedConfig.ToJson(trial.Spec)) == run.Experiment.ConfigSha256) == true)
            return;
        string now = read.Plan is null ? "" : $" The file as it is now: {globals.Command($"run {ShellWord.Quote(selector)}")}";
        globals.Note(VisibleText.Of($"{selector} is not what run {run.Run.Id} was made from; its stored configuration {what}.{now}"));
    }
}
