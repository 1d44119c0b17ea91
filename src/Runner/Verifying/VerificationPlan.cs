using AeVae.Compute;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Which run is executed again, and how far.</summary>
/// <param name="Run">What is stored of it.</param>
/// <param name="Spec">Its stored configuration, not that of today's file.</param>
/// <param name="Epochs">Epochs 1 to this are compared.</param>
sealed record VerificationPlan(RunDetail Run, ExperimentSpec Spec, int Epochs)
{
    /// <summary>Epochs that the run has.</summary>
    public int EpochsStored { get; } = Run.Epochs[^1].Epoch;

    /// <summary>Every stored epoch is compared.</summary>
    public bool IsWhole => Epochs == EpochsStored;

    /// <summary>Nothing of the run may be missing.</summary>
    public bool IsCompleted => Run.Run.Status == RunStatus.Completed;

    /// <summary>Test metrics and artifacts are compared too: a run has them when it completed, and some when it was killed shortly before.</summary>
    public bool HasEnd => IsWhole && (IsCompleted || Run.Artifacts.Any(artifact => ArtifactNames.EpochOfLatentFrame(artifact.Name) is null) || Run.Metrics.Any(metric => metric.Split == "test"));

    /// <summary>Plans the verification of a stored run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="epochs">Epochs to compare; null for all that it has.</param>
    /// <exception cref="CommandException">It cannot be executed again, or has not so many epochs.</exception>
    public static VerificationPlan Of(RunDetail run, int? epochs)
    {
        string id = run.Run.Id;
        if (run.NumericContract != NumericContract.Version)
        {
            string made = run.Provenance?.GitCommit is { } commit ? $", such as that of commit {commit}" : "";
            throw new CommandException(ExitCodes.UserError, $"run {id} was computed under numeric contract NC-{run.NumericContract}; this runner follows NC-{NumericContract.Version}, "
                + $"which rounds differently, so that other bits would prove nothing. Verify it with a runner of NC-{run.NumericContract}{made}.");
        }

        // It keeps no artifacts, so that it could only be a mismatch.
        if (run.ParentRunId is { } verified)
            throw new CommandException(ExitCodes.UserError, $"run {id} verifies run {verified} and keeps nothing of its own to compare. Verify {verified} instead.");
        if (run.Epochs.Count == 0)
            throw new CommandException(ExitCodes.UserError, $"run {id} ({run.Run.Status.Word()}) has no stored epoch, so there is nothing to compare.");
        int stored = run.Epochs[^1].Epoch;
        if (epochs > stored)
            throw new CommandException(ExitCodes.UserError, $"--epochs is {epochs}, but run {id} has {Counted.Of(stored, "epoch")}. Leave it out to compare all that it has.");
        return new VerificationPlan(run, ResolvedConfig.OfRun(run), epochs ?? stored);
    }

    /// <summary>Why a run cannot be executed again by this program; null when it can.</summary>
    public static string? WhyNot(RunDetail run)
    {
        try
        {
            _ = Of(run, epochs: null);
            return null;
        }
        catch (CommandException e)
        {
            return e.Message;
        }
    }
}
