using AeVae.Compute;
using AeVae.Data;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>Whether a run may go on here; refuses with what to do instead.</summary>
static class ResumeCheck
{
    /// <summary>What can be told before the images are read.</summary>
    /// <param name="run">A run that is not completed.</param>
    /// <param name="globals">For commands to type.</param>
    /// <exception cref="CommandException">It may not.</exception>
    public static void State(StoredRun run, Globals globals)
    {
        (RunDetail detail, RunSummary summary) = (run.Detail, run.Detail.Run);
        if (summary.ParentRunId is { } parent)
            throw Refusal($"run {run.Id} verifies run {parent}; a verification is not resumed but done again: {globals.Command($"verify {parent}")}");
        if (summary.Status == RunStatus.Running)
            throw Refusal($"run {run.Id} is being trained by {detail.Worker}; {summary.EpochsDone} of {summary.EpochsPlanned} epochs are done. Stop it first, or wait: {globals.Command($"show {run.Id}")}");
        if (detail.Failure == FailureKind.NotFinite)
            throw Refusal($"run {run.Id} failed: {summary.Reason} It would fail there again, with the same numbers.");
        if (summary.Status is not (RunStatus.Crashed or RunStatus.Interrupted or RunStatus.Failed or RunStatus.Pruned))
            throw Refusal($"run {run.Id} is {summary.Status.Word()}; only a run that was interrupted, pruned, crashed or failed can be resumed.");
        if (detail.NumericContract != NumericContract.Version)
            throw Refusal($"run {run.Id} computes by the numeric contract NC-{detail.NumericContract}, this program by NC-{NumericContract.Version}: its bits would be others from here on. {ResolvedConfig.ProgramOf(detail)}");
    }

    /// <summary>Whether the images are those that the run began with.</summary>
    /// <exception cref="CommandException">They are not.</exception>
    public static void Data(StoredRun run, Splits splits, Globals globals)
    {
        if (DataCheck.Of(run.Detail.Provenance?.DataFiles ?? [], splits.Files).FirstOrDefault() is { } difference)
            throw Refusal($"run {run.Id} was begun with other data: {InWords(difference)}. Bring the data back that it was begun with (it looked in {globals.DataFolder}; --data names another folder), or train anew with `run`.");
    }

    static string InWords(Difference difference) => difference switch
    {
        { Computed: null } => $"it read {difference.Name}, which is not read now",
        { Stored: null } => $"it did not read {difference.Name}",
        _ => $"{difference.Name} had the SHA-256 {difference.Stored}, and has {difference.Computed} now",
    };

    static CommandException Refusal(string message) => new(ExitCodes.UserError, message);
}
