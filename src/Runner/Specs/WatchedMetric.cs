using AeVae.Models;
using AeVae.Tracking;

namespace AeVae.Runner.Specs;

/// <summary>A metric that early stopping or the choice of the best checkpoint follows: it needs a direction, and a value while training.</summary>
static class WatchedMetric
{
    /// <summary>Why the experiment has no such metric to follow, or null when it has.</summary>
    public static string? Defect(string metric, ExperimentSpec spec)
    {
        string[] parts = metric.Split('.');
        if (parts.Length != 2)
            return "a metric is written split.name, for example val.loss.";
        (string split, string name) = (parts[0], parts[1]);
        if (split == "test")
            return $"the test images are evaluated once, at the end. Use 'val.{name}'.";
        if (split is not ("train" or "val" or "validation"))
            return $"there is no split '{split}'; use train or val.";

        string[] names = [.. EpochMetrics.Names(split == "train" ? Split.Train : Split.Validation, spec.Model, spec.Loss)
            .Where(known => Metrics.Find(known)!.Goal != MetricGoal.None)];
        if (names.Contains(name))
            return null;
        string near = NearestName.Hint(name, names, $"{split}.");
        string possible = string.Join(", ", names.Select(known => $"{split}.{known}"));
        return Metrics.Find(name) switch
        {
            null => $"there is no metric '{name}'.{near} Possible here: {possible}.",
            { Goal: MetricGoal.None } => $"neither a low nor a high {name} is the better one. Possible here: {possible}.",
            _ => $"'{name}' is not measured on this split after each epoch. Possible here: {possible}.",
        };
    }
}
