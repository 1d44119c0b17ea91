using System.Globalization;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Specs;

namespace AeVae.Runner.Views;

/// <summary>One figure of an epoch, as progress shows it.</summary>
/// <param name="Header">What it is.</param>
/// <param name="Width">Characters of the widest usual value.</param>
/// <param name="Text">The figure of one epoch; empty when it was not measured.</param>
sealed record EpochColumn(string Header, int Width, Func<EpochResult, string> Text)
{
    /// <summary>Header of the wall-clock time of training.</summary>
    public const string Seconds = "seconds";

    /// <summary>The columns of an experiment, most important first.</summary>
    public static IReadOnlyList<EpochColumn> For(ExperimentSpec spec)
    {
        string reconstruction = spec.Loss.Reconstruction == Reconstruction.Bce ? "bce" : "mse";
        int digits = spec.Train.Epochs.ToString(CultureInfo.InvariantCulture).Length;
        List<EpochColumn> columns =
        [
            new("epoch", digits, result => result.Epoch.ToString(CultureInfo.InvariantCulture)),
            Metric("train loss", Split.Train, "loss"),
            Metric("val. loss", Split.Validation, "loss"),
            Metric($"val. {reconstruction}", Split.Validation, reconstruction),
        ];
        if (spec.Model.Type == ModelType.Vae)
            columns.Add(Metric("val. kl", Split.Validation, "kl"));
        columns.Add(new("images/s", 7, result => Numbers.Count((long)Math.Round(result.ImagesPerSecond))));
        columns.Add(new(Seconds, 5, result => result.Seconds.ToString("F1", CultureInfo.InvariantCulture)));
        return columns;
    }

    static EpochColumn Metric(string header, Split split, string name) =>
        new(header, 8, result => result.Metrics.Find(split, name) is { } value ? Numbers.Metric(value) : "");
}
