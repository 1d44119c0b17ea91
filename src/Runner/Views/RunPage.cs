using System.Globalization;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Views;

/// <summary>Everything about one stored run, in sections.</summary>
sealed class RunPage(Globals globals)
{
    readonly TextWriter output = globals.Output;
    readonly bool color = globals.ColorsOutput;
    readonly Paint paint = new(globals.ColorsOutput);
    readonly LabelledLines lines = new(globals.Output, 14);

    /// <summary>Writes the page.</summary>
    public void Write(RunDetail detail, IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> series, IReadOnlyDictionary<string, MetricDefinitionRecord> definitions, bool hasChanged)
    {
        RunSummary run = detail.Run;
        output.WriteLine($"run {run.Id}");
        Overview(detail, hasChanged);
        Section("metrics");
        MetricTable(detail, series, definitions).Write(output, color);
        if (detail.Verifications.Count > 0)
        {
            Section("verifications");
            VerificationSection.Write(globals, detail, lines);
        }

        if (detail.Warnings.Count > 0)
        {
            Section("warnings");
            foreach (WarningRecord warning in detail.Warnings)
                Line(warning.Epoch == 0 ? "begin" : $"epoch {warning.Epoch}", warning.Message);
        }

        Section("configuration");
        int widest = detail.Parameters.Count == 0 ? 0 : detail.Parameters.Max(parameter => parameter.Key.Length);
        foreach ((string key, string value) in detail.Parameters)
            output.WriteLine($"{key.PadRight(widest)}  {VisibleText.Of(value)}");
        if (detail.Provenance is { } provenance)
        {
            Section("made by");
            MadeBy(provenance);
        }

        Section("stored with it");
        ArtifactTable(detail.Artifacts).Write(output, color);
        output.WriteLine();
        output.WriteLine($"next: {globals.Command(run.ParentRunId is { } verified ? $"show {verified}" : $"report {run.Id}")}");
        if (run.ParentRunId is null && run.Verification == Verdict.Unverified && detail.Epochs.Count > 0)
            output.WriteLine($"      {globals.Command($"verify {run.Id}")}");
    }

    void Overview(RunDetail detail, bool hasChanged)
    {
        RunSummary run = detail.Run;
        Line("name", run.Name);
        lines.Write("status", Lines(paint.Of(StatusText.Cell(run.Status)) + (run.Reason is null ? "" : $": {VisibleText.Of(run.Reason)}")));
        if (run.Verification == Verdict.Mismatch)
            Line("", "MISMATCH: executing it again gave other bits; see verifications below");
        if (hasChanged)
            Line("", $"CHANGED in the database after it was completed: {globals.Command($"verify {run.Id}")}");
        if (run.ParentRunId is { } parent)
            Line("verifies", $"run {parent}");
        Line("experiment", $"{detail.Experiment.Name}, {detail.Experiment.File}");
        if (detail.Experiment.Description is { } description)
            Line("", description);
        Line("epochs", run.EpochsDone == run.EpochsPlanned ? $"{run.EpochsDone}" : $"{run.EpochsDone} of {run.EpochsPlanned}");
        Line("seed", $"{run.Seed}");
        Line("started", Time(run.StartedAt));
        if (run.FinishedAt is { } finished)
            Line("finished", $"{Time(finished)}{(detail.Resumptions.Count > 0 ? $", in {Counted.Of(detail.Resumptions.Count + 1, "part")}" : finished < run.StartedAt ? ", as the clock was set back" : $", after {Durations.Format(finished - run.StartedAt)}")}");
        if (detail.ParameterCount > 0)   // one that an older program could not begin has none
            Line("parameters", Numbers.Count(detail.ParameterCount));
        if (detail.EffectiveBeta is { } beta)
        {
            Line("effective β", Numbers.Metric(beta) + (detail.ReachedBeta < beta ? $", of which {Numbers.Rounded(detail.ReachedBeta.Value)} was reached" : "") + (detail.Parameters.Contains(new("loss.reconstruction", "mse")) ? ", for mse of a Gaussian with variance 1 for each pixel" : ""));
        }

        if (run.Tags.Count > 0)
            Line("tags", string.Join(", ", run.Tags));
        if (detail.Note is { } note)
            Line("note", note);
        if (run.TaintedReason is { } tainted)
            Line("tainted", tainted);
        if (detail.Epochs is [.., var last])
            Line("weights", $"sha256 {last.ParametersSha256}");
        if (detail.TestedEpoch is { } tested && detail.Parameters.FirstOrDefault(parameter => parameter.Key == "checkpoint.best").Value is { } metric && tested != run.EpochsDone)
            Line("tested", $"epoch {tested}, the best by {metric}{detail.AfterWarmUp}; weights sha256 {detail.Epochs.FirstOrDefault(epoch => epoch.Epoch == tested)?.ParametersSha256}");
        if (detail.Artifacts.FirstOrDefault(artifact => artifact.Name == ArtifactNames.FinalWeights) is { } weights
            && !File.Exists(weights.FilePath is { } file ? Path.Combine(globals.Home, file) : new RunFolder(globals.DatabasePath, run.Id).CheckpointPath(run.EpochsDone)))
            Line("", $"not in a file here: {globals.Command($"restore {run.Id}")} trains it again and writes them");
    }

    static string? UnitOfLoss(RunDetail detail)
    {
        Dictionary<string, string> keys = detail.Parameters.ToDictionary();
        return LossKeys.UnitOfLoss(keys.GetValueOrDefault("loss.reconstruction"), keys.GetValueOrDefault("loss.reduction"));
    }

    static TextTable MetricTable(RunDetail detail, IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> series, IReadOnlyDictionary<string, MetricDefinitionRecord> definitions)
    {
        TextTable table = new("metric", " train", " validation", " best", " at epoch", " test", "unit");
        foreach (IGrouping<string, MetricSummary> metric in detail.Metrics.GroupBy(metric => metric.Name).OrderBy(metric => Order(metric.Key)))
        {
            MetricSummary? validation = metric.FirstOrDefault(summary => summary.Split == "validation");
            table.Add(
                metric.Key,
                Last(metric.FirstOrDefault(summary => summary.Split == "train")),
                Last(validation),
                validation?.Best is { } best ? Numbers.Metric(best) : "",
                validation?.BestEpoch is { } epoch ? $"{epoch}" : "",
                Last(metric.FirstOrDefault(summary => summary.Split == "test")),
                metric.Key == "loss" && UnitOfLoss(detail) is { } unit ? unit : definitions.TryGetValue(metric.Key, out MetricDefinitionRecord? definition) ? definition.Unit : "");
        }

        return table;
    }

    void MadeBy(Provenance provenance)
    {
        Line("command", string.Join(' ', provenance.CommandLine.Select(ShellWord.Quote)));
        Line("commit", provenance.GitCommit is { } commit
            ? $"{commit} ({provenance.GitBranch ?? "no branch"}{(provenance.CodeState is CodeState.Unknown ? "" : $", {provenance.CodeState.InWords()}")})"
            : "not in git");
        Line("machine", $"{provenance.Host}, {provenance.CpuModel}, {Counted.Of(provenance.LogicalProcessors, "processor")}");
        Line("arithmetic", $"{provenance.SimdPath}, {Counted.Of(provenance.Threads, "thread")}");
        Line("system", $"{provenance.OperatingSystem}, .NET {provenance.DotnetVersion}");
        Line("locale", $"{provenance.Locale}, {provenance.TimeZone}");
        foreach ((string name, string value) in provenance.Environment)
            Line("environment", $"{name}={value}");
        foreach (DataFileRecord file in provenance.DataFiles)
            Line("data", $"{file.Path}, {Numbers.Bytes(file.Bytes)}, sha256 {file.Sha256}");
        Line("packages", string.Join(", ", provenance.Packages.Select(package => $"{package.Key} {package.Value}")));
    }

    static TextTable ArtifactTable(IReadOnlyList<ArtifactInfo> artifacts)
    {
        TextTable table = new("artifact", " size", "type", "sha256", "file");
        foreach (ArtifactInfo artifact in artifacts)
            table.Add(artifact.Name, Numbers.Bytes(artifact.Bytes), artifact.MediaType, ShortHash.Of(artifact.Sha256), artifact.FilePath ?? "");
        return table;
    }

    void Section(string title)
    {
        output.WriteLine();
        output.WriteLine(paint.Title(title));
    }

    void Line(string label, string text) => lines.Write(label, Lines(text).Select(VisibleText.Of));

    static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    // As the definitions list them, the objective first.
    static int Order(string name)
    {
        int index = Metrics.All.ToList().FindIndex(metric => metric.Name == name);
        return index < 0 ? int.MaxValue : index;
    }

    static string Last(MetricSummary? summary) => summary is null ? "" : Numbers.Metric(summary.Last);

    /// <summary>A time as pages show it, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
