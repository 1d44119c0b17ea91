using System.Text.Json.Nodes;
using AeVae.Data;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary>The verifications of one invocation, and its exit code.</summary>
/// <param name="globals">Where, and how to show it.</param>
/// <param name="epochs">Epochs to compare; null for all.</param>
/// <param name="threads">Threads of the kernels.</param>
/// <param name="commandLine">The command and its arguments.</param>
/// <param name="restores">Checkpoints of runs that are equal are written again.</param>
sealed class VerificationSession(Globals globals, int? epochs, int threads, string[] commandLine, bool restores = false)
{
    readonly LoadedImages images = new(globals, "nothing was compared");

    /// <summary>Verifies one run.</summary>
    public int Verify(RunDetail run)
    {
        VerificationPlan plan = VerificationPlan.Of(run, epochs);
        using Interruption interruption = new();
        using VerdictFile verdicts = VerdictFile.Open(globals);
        return Execute(plan, verdicts, isOneOfSeveral: false, interruption.Token) switch
        {
            null or { Verification: null } => interruption.ExitCode,
            { Verification.Verdict: Verdict.Mismatch } => ExitCodes.Mismatch,
            { NotStored: not null } when verdicts.NotKept is null => ExitCodes.Storage,
            { NotRestored: not null } => ExitCodes.Storage,
            _ => ExitCodes.Ok,
        };
    }

    /// <summary>Verifies runs one after the other; one that cannot be executed does not keep the others from being verified.</summary>
    public int VerifyAll(IReadOnlyList<RunSummary> runs)
    {
        using Interruption interruption = new();
        using VerdictFile verdicts = VerdictFile.Open(globals);
        int verified = 0, restored = 0, empty = 0, refused = 0, notStored = 0, whyRefused = ExitCodes.Ok;
        List<string> mismatches = [];
        foreach (RunSummary named in runs)
        {
            try
            {
                RunDetail run = RunQueries.Ask(globals.DatabasePath, queries => queries.Get(named.Id));
                if (run.Epochs.Count == 0)
                {
                    empty++;
                    Tell(run.Run, $"nothing to verify: {run.Run.Status.Word()} without a stored epoch", globals.Output);
                    continue;
                }

                // A run shorter than --epochs is compared whole.
                VerificationPlan plan = VerificationPlan.Of(run, epochs < run.Epochs.Count ? epochs : null);
                if (Execute(plan, verdicts, isOneOfSeveral: true, interruption.Token) is not { Verification: { } verification } outcome)
                    return interruption.ExitCode;
                if ((outcome.NotStored is not null && verdicts.NotKept is null) || outcome.NotRestored is not null)
                    notStored++;
                if (outcome is { Restored.Count: > 0, NotRestored: null })
                    restored++;
                if (verification.Verdict == Verdict.Verified)
                    verified++;
                else
                    mismatches.Add(named.Id);
            }
            catch (Exception e) when (e is CommandException or DataException or NoSuchRunException)
            {
                // A run may have been removed while others were verified.
                refused++;
                if (whyRefused == ExitCodes.Ok)
                    whyRefused = e is CommandException { ExitCode: var exitCode } ? exitCode : e is NoSuchRunException ? ExitCodes.NoSuchRun : ExitCodes.Storage;
                Tell(named, $"not verified: {e.Message}", globals.Error);
            }
        }

        WriteSummary(verified, restored, mismatches, refused, empty);
        if (empty == runs.Count)
            return ExitCodes.UserError;
        return mismatches.Count > 0 ? ExitCodes.Mismatch : notStored > 0 ? ExitCodes.Storage : whyRefused;
    }

    VerificationOutcome? Execute(VerificationPlan plan, VerdictFile verdicts, bool isOneOfSeveral, CancellationToken cancellation)
    {
        RunRequest request = new()
        {
            Spec = plan.Spec,
            File = plan.Run.Experiment.File,
            YamlText = plan.Run.Experiment.YamlText,
            Threads = threads,
            CommandLine = commandLine,
        };
        if (images.Of(plan.Spec.Data, cancellation) is not { } splits)
            return null;
        using RunQueries queries = RunQueries.Open(globals.DatabasePath);
        if (verdicts.NotKept is not null)
            DatabaseFile.NoteWaiting(globals, queries, [plan.Run.Run]);
        using IVerificationView view = ViewFactory.OfVerification(globals, isOneOfSeveral);
        RunProvenance provenance = new(request, splits, globals.ProjectRoot, globals.DatabasePath);
        RunFolder? folder = restores ? new(globals.DatabasePath, plan.Run.Run.Id) : null;
        VerificationOutcome outcome = new Verifier(plan, request, splits, verdicts.Store, queries, provenance, view, folder).Execute(cancellation);
        outcome = outcome with { NotStored = outcome.NotStored ?? verdicts.NotKept };
        view.Ended(outcome);
        if (outcome.NotStored is { } why && verdicts.NotKept is null)
            globals.Error.WriteLine($"warning: the verdict on run {plan.Run.Run.Id} is known but not stored. {why} Verify again to store it.");
        if (outcome.NotRestored is { } refused)
            globals.Error.WriteLine($"error: the epochs of run {plan.Run.Run.Id} came out as they are stored, but its checkpoints could not be written to {PathText.Of(folder!.Path)}: {refused} When that is mended, restore it again.");
        return outcome;
    }

    void Tell(RunSummary run, string why, TextWriter writer)
    {
        if (globals.Json)
            globals.Output.WriteLine(new JsonObject { ["event"] = "not_verified", ["run_id"] = run.Id, ["name"] = run.Name, ["reason"] = why }.ToJsonString());
        else if (writer == globals.Error || !globals.Quiet)
            writer.WriteLine(BriefVerificationView.Line(run, why));
    }

    void WriteSummary(int verified, int restored, List<string> mismatches, int refused, int empty)
    {
        if (globals.Json)
        {
            globals.Output.WriteLine(new JsonObject
            {
                ["event"] = "summary",
                ["verified"] = verified,
                ["mismatch"] = mismatches.Count,
                ["not_verified"] = refused + empty,
                ["restored"] = restored,
            }.ToJsonString());
            return;
        }

        string rest = (refused == 0 ? "" : $", {refused} could not be executed again") + (empty == 0 ? "" : $", {empty} without an epoch");
        globals.Output.WriteLine($"{verified} verified, {mismatches.Count} mismatch{(mismatches.Count == 1 ? "" : "es")}{(restores ? $", {restored} restored" : "")}{rest}");
        if (!globals.Quiet)
            globals.Error.WriteLine($"next: {globals.Command(mismatches.Count > 0 ? $"show {mismatches[0]}" : "list")}");
    }
}
