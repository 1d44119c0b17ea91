using AeVae.Compute;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Specs;
using AeVae.Tracking;

namespace AeVae.Runner.Views;

/// <summary>What standard output says of a run: its id first, what came out and what to type next, its id last.</summary>
static class RunText
{
    /// <summary>What is lost when the last checkpoint of a completed run was refused.</summary>
    public const string NoWeights = "no checkpoint of its weights was kept, as the disk refused it; `restore` trains it again and writes them";

    /// <summary>The lines before training.</summary>
    public static void WriteStart(TextWriter output, RunStart start, Trainer trainer)
    {
        (ExperimentSpec spec, LabelledLines lines) = (start.Request.Spec, new(output));
        output.WriteLine($"run {start.RunId} {Beginning(start)}");
        lines.Write("experiment", $"{spec.Name}, seed {spec.Seed}, {start.Request.File}");
        lines.Write("model", $"{Network(spec.Model, start.Splits.Train.PixelsPerImage)}, {Numbers.Count(trainer.ParameterCount)} parameters");
        lines.Write("data", $"{spec.Data.Path ?? spec.Data.Dataset}: {Numbers.Count(start.Splits.Train.Count)} training, {Validation(start)} validation, {Numbers.Count(start.Splits.Test.Count)} test images");
        lines.Write("machine", $"{Counted.Of(start.Request.Threads, "thread")}, {Simd.Path}");
    }

    /// <summary>The lines after it.</summary>
    public static void WriteEnd(Globals globals, RunOutcome outcome, ReportResult? report)
    {
        LabelledLines lines = new(globals.Output);
        if (outcome.Last is { } last)
            lines.Write("training", $"{Counted.Of(last.Epoch, "epoch")}: {Losses(last.Metrics)}");
        if (outcome is { Status: RunStatus.Completed, Reason: { } early })
            lines.Write("", early);
        if (outcome.Final is { } final)
        {
            lines.Write("test", TestMetrics(final.Metrics, final.Epoch, outcome.Last?.Epoch));
            lines.Write("baselines", string.Join(" · ", Comparable(final).Select(BaselineText)));
        }

        if (report is not null)
            lines.Write("report", [$"{report.ReportPath} ({report.Figures} figures)", .. report.Notes]);
        if (outcome.Checkpoint is { } checkpoint)
            lines.Write("checkpoint", PathText.Of(checkpoint));
        if (new RunFolder(globals.DatabasePath, outcome.RunId).BestCheckpointPath is var best && File.Exists(best))
            lines.Write(outcome.Checkpoint is null ? "checkpoint" : "", PathText.Of(best));
        lines.Write("next", Next(outcome).Select(globals.Command));
        globals.Output.WriteLine($"run {outcome.RunId} {outcome.Status.Word()} after {Durations.Format(outcome.Elapsed)}");
    }

    /// <summary>What came of a run that was completed before.</summary>
    public static void WriteCompleted(Globals globals, StoredRun run, string? reportPath)
    {
        (RunSummary summary, LabelledLines lines) = (run.Detail.Run, new(globals.Output));
        globals.Output.WriteLine($"run {run.Id} is completed: nothing is left to train");
        lines.Write("experiment", $"{summary.Name}, seed {summary.Seed}, {run.Detail.Experiment.File}");
        lines.Write("training", $"{Counted.Of(summary.EpochsDone, "epoch")}: {Losses([.. run.Metrics(Split.Train, summary.EpochsDone), .. run.Metrics(Split.Validation, summary.EpochsDone)])}");
        lines.Write("test", TestMetrics(run.TestMetrics, run.Detail.TestedEpoch, summary.EpochsDone));
        if (reportPath is not null)
            lines.Write("report", reportPath);
        lines.Write("next", globals.Command($"show {run.Id}"), globals.Command($"report {run.Id}"));
    }

    static IEnumerable<string> Next(RunOutcome outcome)
    {
        if (outcome.CanBeResumed)
            yield return $"resume {outcome.RunId}";
        if (outcome.Last is null)
            yield break;
        yield return $"show {outcome.RunId}";
        yield return $"report {outcome.RunId}";
        yield return "list";
    }

    /// <summary>Why a run did not complete, what is kept, and what to do; of a completed one only what it lacks.</summary>
    public static IEnumerable<string> Explain(Globals globals, RunOutcome outcome)
    {
        if (outcome.TaintedReason is { } tainted)
            yield return $"warning: the run is tainted: {tainted}. More: {globals.Command($"show {outcome.RunId} --provenance")}";
        if (outcome is { Status: RunStatus.Completed, Last: { } end } && outcome.Checkpoint != new RunFolder(globals.DatabasePath, outcome.RunId).CheckpointPath(end.Epoch))
            yield return $"warning: {NoWeights}.";
        string kept = outcome.Last is { } last ? $"{Counted.Of(last.Epoch, "epoch")} stored" : "no epoch was finished";
        switch (outcome.Status)
        {
            case RunStatus.Interrupted:
                yield return $"interrupted: {kept}{(GoesOnFrom(globals, outcome) is { } checkpoint ? $", with the checkpoint {PathText.Of(checkpoint)}" : outcome.Last is null ? "" : ", but no checkpoint yet")}. What was in progress was discarded.";
                yield return $"To {GoOn(globals, outcome)}, to the same bits: {globals.Command($"resume {outcome.RunId}")}";
                break;
            case RunStatus.Failed when outcome.Failure == FailureKind.Disk:
                yield return $"failed: {outcome.Reason} ({kept})";
                yield return $"When that is set right, {GoOn(globals, outcome)}: {globals.Command($"resume {outcome.RunId}")}";
                break;
            case RunStatus.Failed when outcome.Failure == FailureKind.NotFinite:
                yield return $"failed: {outcome.Reason} ({kept})";
                break;
            case RunStatus.Failed:
                yield return $"failed by a bug of AeVae: {outcome.Reason} ({kept})";
                yield return $"The stack trace is in {PathText.Of(new RunFolder(globals.DatabasePath, outcome.RunId).LogPath)}; --verbose shows it here.";
                break;
        }
    }

    /// <summary>Widths from image to image: <c>vae 784-400-20-400-784</c>.</summary>
    public static string Network(ModelOptions model, int pixels)
    {
        IEnumerable<int> widths = [pixels, .. model.Encoder, model.LatentDim, .. model.DecoderWidths, pixels];
        return $"{model.Type.ToString().ToLowerInvariant()} {string.Join('-', widths)}";
    }

    static string Beginning(RunStart start) => start.Resumed switch
    {
        null => "started",
        { Epoch: 0, EpochsCut: 0 } => "begun anew, as it has no checkpoint",
        { Epoch: 0, EpochsCut: var cut } => $"begun anew, as it has no checkpoint that can be used: {Counted.Of(cut, "epoch")} again",
        { EpochsCut: 0 } at => $"resumed after epoch {at.Epoch} of {start.Request.Spec.Train.Epochs}",
        var at => $"resumed after epoch {at.Epoch} of {start.Request.Spec.Train.Epochs}: {Counted.Of(at.EpochsCut, "epoch")} again",
    };

    static string GoOn(Globals globals, RunOutcome outcome) => GoesOnFrom(globals, outcome) is null ? "begin it anew" : "go on from there";

    // Without a newest checkpoint resume takes the best one.
    static string? GoesOnFrom(Globals globals, RunOutcome outcome) =>
        outcome.Checkpoint ?? (new RunFolder(globals.DatabasePath, outcome.RunId).BestCheckpointPath is var best && File.Exists(best) ? best : null);

    static string Validation(RunStart start) =>
        ReferenceEquals(start.Splits.Validation, start.Splits.Test) ? "the test images for" : Numbers.Count(start.Splits.Validation.Count);

    // The linear model with as many latents, and the constant one; a report has them all.
    static IEnumerable<Baseline> Comparable(FinalEvaluation final) =>
        final.Baselines.Where(baseline => baseline.Name == "mean image" || baseline.Name == $"PCA-{final.LatentCodes.GetLength(1)}");

    static string BaselineText(Baseline baseline) => baseline.Bce is { } bce
        ? $"{baseline.Name} bce {Numbers.Metric(bce)}, mse {Numbers.Metric(baseline.Mse)}"
        : $"{baseline.Name} mse {Numbers.Metric(baseline.Mse)}";

    static string Losses(IReadOnlyList<MetricValue> metrics)
    {
        string train = $"train loss {Value(metrics, Split.Train, "loss")}";
        return Value(metrics, Split.Validation, "loss") is { } validation ? $"{train}, val. loss {validation}" : train;
    }

    static string TestMetrics(IReadOnlyList<MetricValue> metrics, int? epoch, int? lastEpoch)
    {
        string best = epoch == lastEpoch ? "" : $"of epoch {epoch}: ";
        string kl = Value(metrics, Split.Test, "kl") is { } value ? $", kl {value}" : "";
        string nll = Value(metrics, Split.Test, "nll") is { } likelihood ? $", −log p(x) {likelihood}" : "";
        return $"{best}loss {Value(metrics, Split.Test, "loss")}; bce {Value(metrics, Split.Test, "bce")}{kl} nats/image{nll}, mse {Value(metrics, Split.Test, "mse")}/pixel";
    }

    static string? Value(IReadOnlyList<MetricValue> metrics, Split split, string name) => metrics.Find(split, name) is { } value ? Numbers.Metric(value) : null;
}
