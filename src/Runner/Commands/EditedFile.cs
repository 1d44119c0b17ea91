using AeVae.Reports;
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
        if (globals.Quiet || !File.Exists(selector))
            return;
        SweepPlan? plan = ExperimentReader.Read(selector, []).Plan;
        if (plan?.Trials.Any(trial => ResolvedConfig.Sha256(ResolvedConfig.ToJson(trial.Spec)) == run.Experiment.ConfigSha256) == true)
            return;
        string now = plan is null ? "" : $" The file as it is now: {globals.Command($"run {ShellWord.Quote(selector)}")}";
        globals.Error.WriteLine($"note: {selector} is not what run {run.Run.Id} was made from; its stored configuration {what}.{now}");
    }
}
