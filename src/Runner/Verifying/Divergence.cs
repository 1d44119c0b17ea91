using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Reads from the first epoch that differs how two executions came apart.</summary>
static class Divergence
{
    /// <summary>How, in a sentence; null when nothing can be said.</summary>
    public static string? Explain(Evidence evidence)
    {
        if (evidence.Epoch is not { } epoch)
            return null;
        if (evidence.Computed is not { } computed)
            return $"Epoch {epoch} could not be trained: {evidence.First?.Computed}";
        if (evidence.First is { Kind: DifferenceKind.Parameters, Stored: null })
            return $"Epoch {epoch} is not stored, though the run trained it: it was removed.";

        HashSet<string> differing = [.. evidence.Of(DifferenceKind.Tensor).Select(tensor => tensor.Name!)];
        string[] parameters = [.. computed.Tensors.Select(tensor => tensor.Name).Where(name => !EpochComparison.IsOptimizer(name))];
        string[] changed = [.. parameters.Where(differing.Contains)];
        if (evidence.Of(DifferenceKind.Order).Count > 0)
            return $"The images of epoch {epoch} were seen in another order: their number, the seed or the shuffle differs.";
        if (changed.Length == 0)
            return $"The parameters of epoch {epoch} are equal, but the optimiser's state is not: its state was changed after the last step of the epoch, or its update rule or options differ in what has no effect yet.";
        if (!evidence.Of(DifferenceKind.Metric).Any(metric => metric.Name!.StartsWith("train.", StringComparison.Ordinal)) && changed.Length < parameters.Length)
            return $"Only {changed.Length} of {parameters.Length} parameter tensors differ after epoch {epoch}, and no training metric does: {changed[0]} was changed at the end of the epoch, in memory or in the file.";
        if (epoch == 1 && changed.Length < parameters.Length)
            return $"{changed.Length} of {parameters.Length} parameter tensors differ after the first epoch, in the same order of images: what differed is small, such as one number of the initial weights or of the data, or one rounding.";
        return epoch == 1
            ? $"All {parameters.Length} parameter tensors differ from the first epoch on, in the same order of images: the initial weights, the data or the arithmetic differ."
            : $"{(epoch == 2 ? "Epoch 1 is" : $"Epochs 1 to {epoch - 1} are")} equal to the last bit, so data, seed and arithmetic were the same: within epoch {epoch} a number was changed, by a fault of memory or processor, or by a state that was loaded or edited.";
    }
}
