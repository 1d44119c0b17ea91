using System.Globalization;
using AeVae.Reports.Markdown;
using AeVae.Reports.Statistics;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Reports.Runs;

/// <summary>Where the numbers come from: experiment, data, code, machine.</summary>
static class ProvenanceTable
{
    public static string Write(RunData data)
    {
        (RunSummary run, ExperimentRecord experiment, Provenance? made) = (data.Run, data.Detail.Experiment, data.Detail.Provenance);
        MarkdownTable table = new("run", MarkdownText.Code(run.Id));
        table.Add("experiment", $"{MarkdownText.Plain(experiment.Name)}, {MarkdownText.Code(experiment.File)}, configuration SHA-256 {Sha(experiment.ConfigSha256)}");
        if (run.Variant is { } variant) table.Add("variant", MarkdownText.Plain(variant));
        table.Add("status", run.Status.Word() + (run.TaintedReason is { } tainted ? $", tainted: {MarkdownText.Plain(tainted)}" : ""));
        table.Add("seed", string.Create(CultureInfo.InvariantCulture, $"{run.Seed}; arithmetic by numeric contract NC-{data.Detail.NumericContract}"));
        table.Add("data", Data(data));
        if (made is not null) AddMade(table, made);
        table.Add("started", Started(data));
        if (data.Detail.Epochs.Count > 0) table.Add("speed", $"{Speed(data)}");
        if (data.Detail.FindDecisive() is { } verification) table.Add("verification", Verification(verification));
        if (run.ParentRunId is { } parent) table.Add("verifies", $"run {MarkdownText.Code(parent)}");
        if (run.Tags.Count > 0) table.Add("tags", string.Join(", ", run.Tags.Select(MarkdownText.Plain)));
        if (data.Detail.Note is { Length: > 0 } note) table.Add("note", MarkdownText.Plain(note));
        return table.ToString();
    }

    static void AddMade(MarkdownTable table, Provenance made)
    {
        table.Add("code", Code(made));
        table.Add("machine", string.Create(CultureInfo.InvariantCulture, $"{MarkdownText.Plain(made.Host)}, {MarkdownText.Plain(made.CpuModel)}, {MarkdownText.Plain(made.OperatingSystem)}"));
        table.Add("execution", Execution(made));
    }

    /// <summary>Registers, threads and runtime.</summary>
    public static string Execution(Provenance made) =>
        string.Create(CultureInfo.InvariantCulture, $"{MarkdownText.Plain(made.SimdPath)}, {made.Threads} of {made.LogicalProcessors} threads, .NET {MarkdownText.Plain(made.DotnetVersion)}");

    /// <summary>The data set, and the files that were read.</summary>
    public static string Data(RunData data)
    {
        IReadOnlyList<DataFileRecord> read = data.Detail.Provenance?.DataFiles ?? [];
        string files = string.Join("<br>", read.Select(f => $"{MarkdownText.Code(Path.GetFileName(f.Path))} SHA-256 {Sha(f.Sha256)}"));
        string name = MarkdownText.Plain(DataSets.Images(data));
        return files.Length == 0 ? name : $"{name}<br>{files}";
    }

    /// <summary>The commit, and whether it was changed.</summary>
    public static string Code(Provenance made)
    {
        if (made.GitCommit is null) return "no git commit known";
        string branch = made.GitBranch is { } name ? $" on {MarkdownText.Plain(name)}" : "";
        string state = made.CodeState == CodeState.Unknown ? "" : $", {made.CodeState.InWords()}{(made.GitDiffSha256 is { } diff ? $" (diff SHA-256 {Sha(diff)})" : "")}";
        return $"commit {Sha(made.GitCommit)}{branch}{state}";
    }

    static string Verification(Verification verification)
    {
        string by = verification.VerifyingRunId is { } run ? $" by run {MarkdownText.Code(run)}" : "";
        string end = $"on {verification.FinishedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}{by}";
        if (verification.Verdict == Verdict.Verified)
            return string.Create(CultureInfo.InvariantCulture, $"verified: {(verification.IsWhole ? $"all {verification.EpochsStored}" : $"the first {verification.EpochsCompared} of {verification.EpochsStored}")} epochs equal to the last bit, {end}");
        string where = verification.FirstEpoch is { } epoch ? string.Create(CultureInfo.InvariantCulture, $" in epoch {epoch}") : "";
        return $"**mismatch{where}**, {end}: {MarkdownText.Plain(verification.LikelyCauses.Count > 0 ? verification.LikelyCauses[0] : "no cause is stored.")}";
    }

    static string Started(RunData run)
    {
        string start = run.Run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
        return run.Run.FinishedAt is null ? $"{start}, not finished" : $"{start}, took {OutcomeParagraph.Took(run)}";
    }

    static string Speed(RunData data)
    {
        double[] speeds = [.. data.Detail.Epochs.Select(e => e.ImagesPerSecond).Order()];
        string of = speeds.Length == 1 ? "one epoch" : $"median of the epochs, which lie between {Numbers.Format(speeds[0], 0)} and {Numbers.Format(speeds[^1], 0)}";
        return $"{Numbers.Format(Median.Of(speeds), 0)} images/s in training ({of})";
    }

    static string Sha(string hex) => MarkdownText.Code(ShortHash.Of(hex));
}
