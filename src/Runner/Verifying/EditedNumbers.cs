using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Recognises stored numbers that contradict others of the same epoch: training cannot do that, an editor can.</summary>
static class EditedNumbers
{
    /// <summary>What was edited, in a sentence; null when the differences may all follow from one another.</summary>
    public static string? Explain(Evidence evidence)
    {
        IReadOnlyList<Difference> tensors = evidence.Of(DifferenceKind.Tensor), metrics = evidence.Of(DifferenceKind.Metric);
        if (evidence is { Epoch: null, Differences.Count: > 0 })
            return AtTheEnd(evidence);
        if (evidence is not { Stored: { } stored, Computed: { } computed })
            return null;
        string epoch = $"epoch {evidence.Epoch}";
        bool parameters = Differs(DifferenceKind.Parameters), optimizer = Differs(DifferenceKind.Optimizer), order = Differs(DifferenceKind.Order);
        Difference[] parameterTensors = [.. tensors.Where(tensor => !EpochComparison.IsOptimizer(tensor.Name!))];
        Difference[] optimizerTensors = [.. tensors.Except(parameterTensors)];
        bool stateDiffers = tensors.Count > 0 || parameters || optimizer || order;

        if (!stateDiffers)
            return OfMetrics(epoch, metrics, computed, evidence);
        if (parameters && parameterTensors.Length == 0)
            return $"The stored number was edited: every parameter tensor of {epoch} is equal, but the digest of all of them together is not (epoch.parameters_sha256).";
        if (!parameters && parameterTensors.Length > 0)
            return $"The stored number was edited: all parameters of {epoch} together have the digest that was stored, so {parameterTensors[0].Name} had its own too (epoch_tensor.sha256).";
        if (!optimizer && optimizerTensors.Length > 0)
            return $"The stored number was edited: the optimiser's state of {epoch} has the digest that was stored, so {optimizerTensors[0].Name} had its own too (epoch_tensor.sha256).";
        if (order && !parameters)
            return $"The stored number was edited: {epoch} ended with the same parameters, which another order of the images would have changed (epoch.order_sha256).";
        if (parameters && metrics.Count == 0 && IsEvaluated(stored))
            return $"Stored digests were edited: every metric that was measured with the parameters of {epoch} is equal to the last bit (epoch and epoch_tensor).";
        return null;

        bool Differs(DifferenceKind kind) => evidence.Of(kind).Count > 0;
    }

    static string OfMetrics(string epoch, IReadOnlyList<Difference> metrics, EpochRecord computed, Evidence evidence)
    {
        int all = computed.Metrics.Count, validation = computed.Metrics.Count(metric => metric.Split == "validation");
        string equal = $"The order of the images, the parameters and the optimiser's state of {epoch} are equal to the last bit";
        bool isWholeValidation = metrics.All(metric => metric.Name!.StartsWith("validation.", StringComparison.Ordinal)) && metrics.Count > validation / 2 && metrics.Count > 1;
        if (evidence.IsSealBroken)
            return $"{(metrics.Count == 1 ? "The stored number was" : "Stored numbers were")} edited after the run was completed. {equal}, and so are {all - metrics.Count} of {all} metrics.";
        string edited = evidence.IsSealIntact ? "edited and the run sealed anew" : "edited";
        return isWholeValidation
            ? $"{equal}, but {metrics.Count} of {validation} validation metrics are not: the evaluation or the validation images differ, or the stored numbers were {edited}."
            : $"The stored number is measured in another way now, or was {edited}. {equal}, and so are {all - metrics.Count} of {all} metrics.";
    }

    static string AtTheEnd(Evidence evidence)
    {
        Difference first = evidence.Differences[0];
        string[] missing = [.. evidence.Differences.Where(difference => difference.Stored is null).Select(difference => difference.Name!)];
        if (missing.Length == evidence.Differences.Count)
            return $"All epochs are equal to the last bit, but the completed run has no {string.Join(", ", missing)}: removed{(evidence.IsSealBroken ? " after it was completed" : "")}.";
        string differing = $"{DifferenceText.Count(evidence.Differences)} {(evidence.Differences.Count == 1 ? "is" : "are")} not";
        if (evidence.IsSealBroken)
            return $"All epochs are equal to the last bit, but {differing}: the stored run was edited after it was completed.";
        string edited = evidence.IsSealIntact ? "edited and the run sealed anew" : "edited";
        return first.Kind == DifferenceKind.Metric
            ? $"All epochs are equal to the last bit, but {differing}: the evaluation or the test images differ, or the stored run was {edited}."
            : $"All epochs and test metrics are equal to the last bit, but {differing}: made in another way now, or the stored run was {edited}.";
    }

    static bool IsEvaluated(EpochRecord epoch) => epoch.Metrics.Any(metric => metric.Split == "validation");
}
