using AeVae.Compute;
using AeVae.Data;
using AeVae.Models;
using AeVae.Tests.Models;

namespace AeVae.Tests.Nc1;

/// <summary>NC-1 C11: no metric shows in what batches it was measured.</summary>
public sealed class EvaluationBatchTests
{
    const int Images = 150;

    static readonly Lazy<string[]> Whole = new(() => Metrics(evaluationBatch: Images));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(128)]
    public void EveryMetricIsThatOfAllImagesAtOnce(int evaluationBatch) => Assert.Equal(Whole.Value, Metrics(evaluationBatch));

    static string[] Metrics(int evaluationBatch)
    {
        ExperimentSettings settings = SmallData.Vae(epochs: 2) with { Eval = new EvaluationOptions { NllSamples = 40 } };
        settings = settings with { Train = settings.Train with { BatchSize = 16 } };
        Splits splits = SmallData.Splits(validation: Images, test: Images);
        using var team = new ThreadTeam(2);
        var trainer = new Trainer(settings, splits, team, evaluationBatch);
        IEnumerable<MetricValue> metrics = trainer.Run(CancellationToken.None).SelectMany(epoch => epoch.Metrics).ToArray();
        return [.. metrics.Concat(trainer.Finish(CancellationToken.None).Metrics).Select(m => $"{m.Split} {m.Name} {Pattern.Of(m.Value)}")];
    }
}
