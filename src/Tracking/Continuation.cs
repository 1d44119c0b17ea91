using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>Brings a stopped run back to one of its epochs and gives it to this process; call it within a transaction.</summary>
sealed class Continuation(SqliteConnection connection, string runId)
{
    /// <exception cref="RunTakenException">Another process works on it, or has completed it.</exception>
    public ResumedRun Take(int epoch, Provenance now, string time)
    {
        HeldRun before = HeldRun.Find(connection, runId) ?? throw new NoSuchRunException($"there is no run {runId}");
        if (before.Status == RunStatus.Completed)
            throw new RunTakenException($"run {runId} was completed by another process meanwhile.");
        if (before.IsTrained)
            throw new RunTakenException($"run {runId} is being trained by {before.Holder}.");
        if (epoch > 0 && connection.Scalar(Sql.HasEpoch, ("$run_id", runId), ("$epoch", epoch)) is null)
            throw new ArgumentException($"run {runId} has no epoch {epoch} to go on from", nameof(epoch));

        int epochsCut = Cut(epoch);
        string? changes = StoredProvenance.Read(connection, runId) is { } begin ? Taint.OfResuming(begin, now, epoch) : null;
        string? reason = string.Join("; ", new[] { before.TaintedReason, changes }.OfType<string>()) is { Length: > 0 } text ? text : null;
        connection.Execute(Sql.TakeRun, [.. Lease.Current.Columns, ("$run_id", runId), ("$epoch", epoch), ("$now", time), ("$tainted_reason", reason)]);
        connection.Execute(Sql.AddResumption, ("$run_id", runId), ("$epoch", epoch), ("$epochs_cut", epochsCut), ("$now", time), ("$previous_status", PreviousStatus(before.Status).Word()),
            ("$command_line", JsonSerializer.Serialize(now.CommandLine)), ("$git_commit", now.GitCommit), ("$git_diff_sha256", now.GitDiffSha256), ("$git_diff", now.GitDiff), ("$program_sha256", now.ProgramSha256),
            ("$host", now.Host), ("$cpu_model", now.CpuModel), ("$simd_path", now.SimdPath), ("$threads", now.Threads), ("$dotnet_version", now.DotnetVersion));
        return new(epochsCut, changes);
    }

    // Whoever is taken over has stopped, as far as anybody can tell.
    static RunStatus PreviousStatus(RunStatus stored) => stored == RunStatus.Running ? RunStatus.Crashed : stored;

    int Cut(int epoch)
    {
        (string, object?)[] after = [("$run_id", runId), ("$epoch", epoch)];
        int epochs = connection.Execute(Sql.CutEpochs, after);
        connection.Execute(Sql.CutMetrics, after);
        connection.Execute(Sql.CutWarnings, after);
        connection.Execute(Sql.CutMismatches, after);
        connection.Execute(Sql.CutVerified, after);
        connection.Execute(Sql.CutEmptyVerified, ("$run_id", runId));
        connection.Execute(Sql.JudgeRun, ("$run_id", runId));
        connection.Execute(Sql.CutArtifacts, after);
        new MetricWriter(connection, runId).SummarizeAgain();
        return epochs;
    }
}
