using System.Globalization;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Views;

/// <summary>What standard output says of a verification: the run first, the verdict and what to type next, the verdict last.</summary>
static class VerificationText
{
    const int AdditionsNamed = 8;

    /// <summary>The lines before training.</summary>
    public static void WriteStart(Globals globals, VerificationStart start)
    {
        (VerificationPlan plan, LabelledLines lines) = (start.Plan, new(globals.Output));
        globals.Output.WriteLine($"verify run {plan.Run.Run.Id}, {Epochs(plan)}");
        lines.Write("experiment", $"{plan.Run.Run.Name}, seed {plan.Spec.Seed}, the stored configuration of {plan.Run.Experiment.File}");
        lines.Write("made", $"{Time(plan.Run.Run.StartedAt)}, {(plan.Run.Provenance is { } made ? Machine(made) : "nobody knows where")}");
        lines.Write("here", Machine(start.Here));
        foreach (string notice in start.Notices)
            lines.Write("differs", new Paint(globals.ColorsOutput).Bad(lines.Wrap(notice)));
        globals.Output.Flush();
    }

    /// <summary>The verdict of one verification, in full.</summary>
    public static void WriteEnd(Globals globals, VerificationOutcome outcome)
    {
        (VerificationPlan plan, TextWriter output) = (outcome.Plan, globals.Output);
        string id = plan.Run.Run.Id;
        if (outcome.Verification is not { } verification)
        {
            globals.Error.WriteLine($"interrupted: {(outcome.Compared.Epochs == 0 ? "no epoch was compared" : $"{Range(outcome.Compared.Epochs)} equal")}, no verdict was stored. The same command compares again from the first epoch.");
            output.WriteLine($"run {id}: not verified, interrupted after {Durations.Format(outcome.Elapsed)}");
            return;
        }

        if (verification.Verdict == Verdict.Verified)
            WriteVerified(globals, outcome);
        else
            WriteMismatch(globals, outcome, verification);
        output.WriteLine(new Paint(globals.ColorsOutput).Of(Cell(verification) with { Text = $"run {id}: {Summary(verification)}{(outcome.NotStored is null ? $", by run {outcome.VerifyingRunId}" : ", not stored,")} in {Durations.Format(outcome.Elapsed)}" }));
    }

    /// <summary><c>verified, 3 of 50 epochs</c> or <c>mismatch in epoch 3</c>.</summary>
    public static string Summary(Verification verification) => verification switch
    {
        { Verdict: Verdict.Verified, IsWhole: true } => $"verified, all {Counted.Of(verification.EpochsStored, "epoch")}",
        { Verdict: Verdict.Verified } => $"verified, {verification.EpochsCompared} of {verification.EpochsStored} epochs",
        { FirstEpoch: { } epoch } => $"mismatch in epoch {epoch} of {verification.EpochsStored}",
        { Difference.Kind: DifferenceKind.Metric or DifferenceKind.Artifact } => "mismatch at its end",
        { Difference: { } difference } when SealCheck.IsSeal(difference) => "mismatch, changed since it was completed",
        { Difference.Kind: DifferenceKind.Summary } => "mismatch beside its epochs",
        _ => "mismatch in its inputs",
    };

    /// <summary>What this program makes besides, in words: <c>not in the stored run: test.sharpness, manifold</c>; null when nothing.</summary>
    public static string? Additions(VerificationOutcome outcome) => outcome.Additions.Count == 0 ? null
        : $"not in the stored run: {string.Join(", ", outcome.Additions.Take(AdditionsNamed))}{(outcome.Additions.Count > AdditionsNamed ? $" and {outcome.Additions.Count - AdditionsNamed} more" : "")}";

    /// <summary>A verdict in words, in its colour.</summary>
    public static Cell Cell(Verification verification) => new(Summary(verification), verification.Verdict == Verdict.Verified ? Paint.Green : Paint.Red);

    /// <summary>One line of progress: <c>epoch  3/50 equal  …</c>.</summary>
    public static string Epoch(VerificationPlan plan, EpochResult result, bool isEqual)
    {
        string epochs = plan.Epochs.ToString(CultureInfo.InvariantCulture);
        string number = result.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(epochs.Length);
        return $"epoch {number}/{epochs} {(isEqual ? "equal" : "DIFFERS")}  {string.Join("  ", EpochColumn.For(plan.Spec).Skip(1).Take(2).Select(column => $"{column.Header} {column.Text(result).PadLeft(column.Width)}"))}  weights {ShortHash.Of(result.ParametersSha256)}";
    }

    static void WriteVerified(Globals globals, VerificationOutcome outcome)
    {
        (VerificationPlan plan, Tally compared, LabelledLines lines) = (outcome.Plan, outcome.Compared, new(globals.Output));
        string artifacts = plan.HasEnd ? $", {Numbers.Count(compared.Artifacts)} artifacts" : "";
        lines.Write("equal", $"{Numbers.Count(compared.Metrics)} metrics by their 64 bits; {Numbers.Count(compared.Tensors)} tensors, {Counted.Of(compared.Epochs, "image order")}{artifacts} by SHA-256");
        WriteBesides(lines, outcome);
        lines.Write("weights", $"sha256 {outcome.ParametersSha256} after epoch {compared.Epochs}");
        string id = plan.Run.Run.Id;
        string[] first = !plan.IsWhole ? [$"verify {id}"] : outcome.Restored.Count == 0 ? [] : [plan.Run.Run.Status is RunStatus.Completed or RunStatus.Failed ? $"export {id} --to onnx" : $"resume {id}"];
        lines.Write("next", first.Append($"show {id}").Select(globals.Command));
    }

    static void WriteMismatch(Globals globals, VerificationOutcome outcome, Verification verification)
    {
        LabelledLines lines = new(globals.Output);
        lines.Write("mismatch", new Paint(globals.ColorsOutput).Bad(Where(outcome, verification)));
        Difference first = verification.Difference!;
        lines.Write("first", DifferenceText.Describe(first));
        // Digests show that something differs, a number shows by how much.
        if (first.StoredBits is null && outcome.Differences.FirstOrDefault(difference => difference.Kind == DifferenceKind.Metric) is { } metric)
            lines.Write("also", DifferenceText.Describe(metric));
        if (outcome.Differences.Count > 1)
            lines.Write("in all", DifferenceText.Count(outcome.Differences));
        WriteBesides(lines, outcome);
        lines.Write("causes", verification.LikelyCauses.Select((cause, i) => lines.Wrap($"{i + 1}. {cause}")));
        // A broken seal says that something differs; to find it takes all epochs.
        string id = outcome.Plan.Run.Run.Id;
        string?[] next = [SealCheck.IsSeal(first) && !outcome.Plan.IsWhole ? $"verify {id}" : null, $"show {id}", outcome.NotStored is null ? $"diff {id} {outcome.VerifyingRunId}" : null];
        lines.Write("next", next.OfType<string>().Select(globals.Command));
    }

    static string Where(VerificationOutcome outcome, Verification verification) => verification switch
    {
        { FirstEpoch: 1 } => "epoch 1 differs",
        { FirstEpoch: { } epoch } => $"epoch {epoch} differs; {Range(epoch - 1)} equal",
        { Difference.Kind: DifferenceKind.Metric or DifferenceKind.Artifact } => $"what was left at the end differs; {Range(outcome.Compared.Epochs)} equal",
        { Difference: { } difference } when SealCheck.IsSeal(difference) => $"the run was changed since it was completed; {Range(outcome.Compared.Epochs)} equal",
        _ => $"what is stored beside the epochs differs; {Range(outcome.Compared.Epochs)} equal",
    };

    static void WriteBesides(LabelledLines lines, VerificationOutcome outcome)
    {
        lines.Write("restored", outcome.Restored.Select(path => PathText.Of(path)));
        if (outcome.Note is { } note)
            lines.Write("note", lines.Wrap(note));
        if (Additions(outcome) is { } additions)
            lines.Write("besides", lines.Wrap($"{additions}. Another program made it, which may not have known them yet."));
    }

    static string Epochs(VerificationPlan plan) => plan switch
    {
        { HasEnd: true } => $"{(plan.Epochs == 1 ? "its epoch" : $"all {plan.Epochs} epochs")}, test metrics and artifacts",
        { IsWhole: true } => $"{(plan.Epochs == 1 ? "the one epoch" : $"the {plan.Epochs} epochs")} that it has",
        { Epochs: 1 } => $"epoch 1 of {plan.EpochsStored}",
        _ => $"epochs 1 to {plan.Epochs} of {plan.EpochsStored}",
    };

    static string Range(int last) => last == 1 ? "epoch 1 is" : $"epochs 1 to {last} are";

    static string Machine(Provenance made)
    {
        string code = made.GitCommit is { } commit ? $"commit {ShortHash.Of(commit)}{made.CodeState.Addition()}" : "outside of git";
        return $"{code}, {made.SimdPath}, {Counted.Of(made.Threads, "thread")}, .NET {made.DotnetVersion}";
    }

    static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
