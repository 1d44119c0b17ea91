using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace AeVae.Tracking.Journals;

/// <summary>Writes what a run leaves behind into the results file; call it within a transaction.</summary>
sealed class RecordWriter(SqliteConnection connection)
{
    /// <summary>Stores a record.</summary>
    /// <param name="record">What to store.</param>
    /// <param name="again">It may be there already, since nobody knows how far an earlier attempt came; then nothing is done.</param>
    /// <exception cref="ArgumentException">The run has this epoch already, or a metric has no definition.</exception>
    public void Write(RunRecord record, bool again)
    {
        switch (record)
        {
            case FinishedEpoch epoch:
                Write(epoch.RunId, epoch.Epoch, again);
                break;
            case FinishedTest final:
                Write(final.RunId, final.Epoch, final.Metrics, again);
                break;
            case FinishedArtifact artifact:
                Write(artifact.RunId, artifact.Artifact, again);
                break;
            case Warning warning:
                Write(warning.RunId, warning.Epoch, warning.Message, again);
                break;
            case RunEnd end:
                Write(end);
                break;
            default:
                throw new UnreachableException($"nobody stores a {record.GetType().Name}");
        }
    }

    void Write(string runId, EpochRecord epoch, bool again)
    {
        if (connection.Scalar(Sql.HasEpoch, ("$run_id", runId), ("$epoch", epoch.Epoch)) is not null)
        {
            if (again)
                return;
            throw new ArgumentException($"run {runId} already has epoch {epoch.Epoch}", nameof(epoch));
        }

        connection.Execute(Sql.AddEpoch, ("$run_id", runId), ("$epoch", epoch.Epoch), ("$parameters_sha256", epoch.ParametersSha256),
            ("$optimizer_sha256", epoch.OptimizerSha256), ("$order_sha256", epoch.OrderSha256),
            ("$seconds", epoch.Seconds), ("$images_per_second", epoch.ImagesPerSecond));
        foreach (TensorRecord tensor in epoch.Tensors)
            connection.Execute(Sql.AddTensor, ("$run_id", runId), ("$epoch", epoch.Epoch), ("$tensor", tensor.Name), ("$sha256", tensor.Sha256));
        Write(runId, epoch.Epoch, epoch.Metrics, again: false);
        foreach (string warning in epoch.Warnings)
            Write(runId, epoch.Epoch, warning, again: false);
        foreach (Artifact artifact in epoch.Artifacts)
            Write(runId, artifact, again: false);
    }

    void Write(string runId, int epoch, IReadOnlyList<MetricRecord> metrics, bool again)
    {
        var writer = new MetricWriter(connection, runId);
        foreach (MetricRecord metric in metrics)
        {
            if (!again || connection.Scalar(Sql.HasMetric, ("$run_id", runId), ("$epoch", epoch), ("$split", metric.Split), ("$name", metric.Name)) is null)
                writer.Add(epoch, metric);
        }
    }

    void Write(string runId, Artifact artifact, bool again)
    {
        if (again && connection.Scalar(Sql.HasArtifact, ("$run_id", runId), ("$name", artifact.Name)) is not null)
            return;
        connection.Execute(Sql.AddArtifact, ("$run_id", runId), ("$name", artifact.Name), ("$kind", artifact.Kind), ("$media_type", artifact.MediaType),
            ("$bytes", artifact.Content.LongLength), ("$sha256", Convert.ToHexStringLower(SHA256.HashData(artifact.Content))),
            ("$file_path", artifact.FilePath), ("$content", artifact.Content));
    }

    void Write(string runId, int epoch, string warning, bool again)
    {
        if (!again || connection.Scalar(Sql.HasWarning, ("$run_id", runId), ("$epoch", epoch), ("$message", warning)) is null)
            connection.Execute(Sql.AddWarning, ("$run_id", runId), ("$epoch", epoch), ("$message", warning));
    }

    void Write(RunEnd end)
    {
        string? tainted = connection.Scalar(Sql.TaintedReason, ("$run_id", end.RunId)) as string;   // what tainted it when it was resumed
        if (end.AtEnd is not null && tainted is null && StoredProvenance.Read(connection, end.RunId) is { } atBegin)
            tainted = Taint.Between(WhatIsRead(atBegin, end.RunId), end.AtEnd);
        connection.Execute(Sql.FinishRun, ("$run_id", end.RunId), ("$status", end.Status.Word()), ("$reason", end.Reason), ("$reason_epoch", end.ReasonEpoch),
            ("$failure", StoredValues.FromFailure(end.Failure)), ("$now", StoredValues.FromTime(end.Time)), ("$tainted_reason", tainted));
        if (end.Status == RunStatus.Completed)
            connection.Execute(Sql.SealRun, ("$run_id", end.RunId), ("$seal_sha256", RunSeal.Of(connection, end.RunId)));
    }

    // A resumed run executes its stored configuration, whatever has become of the file.
    Provenance WhatIsRead(Provenance atBegin, string runId) =>
        connection.Scalar(Sql.HasResumption, ("$run_id", runId)) is null ? atBegin : atBegin with { ExperimentFiles = [] };
}
