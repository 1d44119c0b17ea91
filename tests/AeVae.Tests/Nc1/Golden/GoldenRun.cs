using AeVae.Compute;
using AeVae.Models;
using AeVae.Models.Losses;
using AeVae.Models.Schedules;
using AeVae.Tests.Models;

namespace AeVae.Tests.Nc1.Golden;

/// <summary>A recipe trained by the product, in the lines of tests/nc1-reference/training.c.</summary>
/// <remarks>Once as <see cref="Trainer.Run"/> does it, and once step by step for the losses of the steps.</remarks>
static class GoldenRun
{
    const int Threads = 3;

    public static IEnumerable<string> Lines(ExperimentSettings settings, SimdPath path)
    {
        using ThreadTeam team = new(Threads, path);
        Trainer stepping = new(settings, ReferenceRun.Splits, team);
        yield return $"initial parameters    {stepping.Capture().ParametersSha256}";
        foreach (EpochResult epoch in new Trainer(settings, ReferenceRun.Splits, team).Run(CancellationToken.None))
        {
            foreach (string line in Steps(stepping, settings, epoch.Epoch)) yield return line;
            yield return $"epoch {epoch.Epoch} order         {epoch.OrderSha256}";
            yield return $"epoch {epoch.Epoch} parameters    {epoch.ParametersSha256}";
            yield return $"epoch {epoch.Epoch} optimizer     {epoch.OptimizerSha256}";
            foreach (string metric in settings.Model.Type == ModelType.Vae ? (string[])["loss", "bce", "mse", "kl"] : ["loss", "bce", "mse"])
                yield return $"epoch {epoch.Epoch} {metric,-14}{Pattern.Of(epoch.Value(Split.Train, metric))} {Pattern.Of(epoch.Value(Split.Validation, metric))}";
        }
    }

    static IEnumerable<string> Steps(Trainer trainer, ExperimentSettings settings, int epoch)
    {
        int[] order = trainer.StartEpoch(epoch);
        double learningRate = new LearningRateSchedule(settings.Train.Schedule, settings.Train.LearningRate, settings.Train.Epochs).Rate(epoch);
        double klWeight = settings.Model.Type == ModelType.Vae ? KlWarmup.Weight(settings.Loss, epoch) : 0;
        foreach (int[] images in order.Chunk(settings.Train.BatchSize))
        {
            double loss = ObjectiveOf(trainer.TrainStep(images, learningRate, klWeight));
            yield return $"epoch {epoch} step {trainer.Step} loss   {Pattern.Of(loss)}";
            if ((epoch, trainer.Step) != (1, 1)) continue;
            yield return $"step 1 parameters     {trainer.Capture().ParametersSha256}";
            yield return $"step 1 optimizer      {trainer.Capture().OptimizerSha256}";
        }
    }

    static double ObjectiveOf(BatchLosses losses)
    {
        double sum = 0;
        foreach (double objective in losses.Objective) sum += objective;
        return sum;
    }
}
