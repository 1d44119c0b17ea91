using System.Text.Json.Nodes;
using AeVae.Compute;
using AeVae.Models;
using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;
using AeVae.Tracking;

namespace AeVae.Runner.Views;

/// <summary>One JSON object per line: the start, every epoch, the verdict.</summary>
sealed class JsonVerificationView(Globals globals) : IVerificationView
{
    string runId = "", verifyingRunId = "";

    /// <inheritdoc/>
    public void Started(VerificationStart start, Trainer trainer)
    {
        (runId, verifyingRunId) = (start.Plan.Run.Run.Id, start.VerifyingRunId);
        Write("start", new JsonObject
        {
            ["name"] = start.Plan.Run.Run.Name,
            ["epochs"] = start.Plan.Epochs,
            ["epochs_stored"] = start.Plan.EpochsStored,
            ["threads"] = start.Here.Threads,
            ["simd"] = Simd.Path.ToString().ToLowerInvariant(),
            ["database"] = globals.DatabasePath,
            ["notices"] = new JsonArray([.. start.Notices]),
        });
    }

    /// <inheritdoc/>
    public void EpochCompared(EpochResult result, bool isEqual)
    {
        JsonObject line = new() { ["epoch"] = result.Epoch, ["equal"] = isEqual };
        JsonRunView.AddMetrics(line, result.Metrics);
        line["seconds"] = result.Seconds;
        line["parameters_sha256"] = result.ParametersSha256;
        Write("epoch", line);
    }

    /// <inheritdoc/>
    public void Ended(VerificationOutcome outcome)
    {
        Verification? verification = outcome.Verification;
        Write("result", new JsonObject
        {
            ["verdict"] = verification is null ? null : verification.Verdict.ToString().ToLowerInvariant(),
            ["stored"] = verification is not null && outcome.NotStored is null,
            ["epochs_compared"] = verification?.EpochsCompared ?? outcome.Compared.Epochs,
            ["epochs_stored"] = outcome.Plan.EpochsStored,
            ["metrics_equal"] = outcome.Compared.Metrics,
            ["tensors_equal"] = outcome.Compared.Tensors,
            ["artifacts_compared"] = outcome.Compared.Artifacts,
            ["first_epoch"] = verification?.FirstEpoch,
            ["differences"] = new JsonArray([.. outcome.Differences.Select(ToJson)]),
            ["not_in_stored_run"] = new JsonArray([.. outcome.Additions]),
            ["note"] = outcome.Note,
            ["restored"] = new JsonArray([.. outcome.Restored]),
            ["not_restored"] = outcome.NotRestored,
            ["likely_causes"] = new JsonArray([.. verification?.LikelyCauses ?? []]),
            ["parameters_sha256"] = outcome.ParametersSha256,
            ["seconds"] = outcome.Elapsed.TotalSeconds,
        });
    }

    void Write(string kind, JsonObject content)
    {
        content.Insert(0, "event", kind);
        content.Insert(1, "run_id", runId);
        content.Insert(2, "verifying_run_id", verifyingRunId);
        JsonLine.Write(globals.Output, content);
    }

    static JsonNode ToJson(Difference difference) => new JsonObject
    {
        ["kind"] = difference.Kind.ToString().ToLowerInvariant(),
        ["name"] = difference.Name,
        ["stored"] = difference.Stored,
        ["computed"] = difference.Computed,
        ["stored_bits"] = difference.StoredBits,
        ["computed_bits"] = difference.ComputedBits,
    };
}
