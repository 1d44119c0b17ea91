using System.Globalization;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Reports.Comparisons;

/// <summary>What runs minimise, and on which data: only losses of one objective, on the same images, can be compared.</summary>
sealed class Objectives(IReadOnlyList<RunData> runs)
{
    /// <summary>Whether all minimise the same.</summary>
    public bool AreEqual { get; } = runs.Select(run => string.Join(' ', LossKeys.Objective.Select(run.Parameter).Append(EndInWarmUp(run)))).Distinct().Count() == 1;

    /// <summary>The data sets that they were trained and evaluated on.</summary>
    public DataSets Data { get; } = new(runs);

    /// <summary>The images that they were validated on, in words; a limit on the training images leaves them as they are.</summary>
    public IReadOnlyList<string> ValidationImages { get; } = [.. runs.Select(run => run.Parameter("data.validation")).Distinct().Select(Validation)];

    /// <summary>A metric that means the same in every run, as far as one is measured: <see cref="LossKeys.CommonMetric"/>; of the test images where runs were validated on different ones and all completed runs were tested.</summary>
    public string CanonicalMetric
    {
        get
        {
            string name = LossKeys.CommonMetric(AreEqual, runs.All(run => run.Parameter("loss.reconstruction") == "bce"), runs.All(run => run.IsVae && (run.Run.EpochsDone == 0 || run.Metric("validation", "elbo") is not null)) && runs.Any(run => run.Run.EpochsDone > 0));
            return ValidationImages.Count > 1 && AreTested(name) ? $"test.{name}" : $"val.{name}";
        }
    }

    /// <summary>Whether values of a split are taken on the same images in every run.</summary>
    public bool AreOnTheSameImages(string split) => Data.Names.Count == 1 && (split != "validation" || ValidationImages.Count == 1);

    bool AreTested(string metric)
    {
        RunData[] completed = [.. runs.Where(run => run.Run.Status == RunStatus.Completed)];
        return completed.Length > 0 && completed.All(run => run.Finite(new("test", metric)) is not null);
    }

    // A run that ends while its KL weight rises has minimised another loss in every epoch. What was pruned is not ranked among those that ended.
    static string? EndInWarmUp(RunData run) => run.Run is { EpochsDone: > 0, Status: not RunStatus.Pruned } && run.Run.EpochsDone <= run.Detail.KlWarmupEpochs ? string.Create(CultureInfo.InvariantCulture, $"{run.Run.EpochsDone}/{run.Detail.KlWarmupEpochs}") : null;

    static string Validation(string? value) => value switch
    {
        null => "images that are not stored",
        "test" => "the test images",
        "null" => "the last sixth of the training images",
        _ => $"the last {(int.TryParse(value, out int images) ? Numbers.Count(images) : value)} training images",
    };
}
