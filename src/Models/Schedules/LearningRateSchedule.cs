using AeVae.Compute;

namespace AeVae.Models.Schedules;

/// <summary>The step size of each epoch, with the semantics of PyTorch's StepLR, MultiStepLR, ExponentialLR and CosineAnnealingLR.</summary>
sealed class LearningRateSchedule(ScheduleOptions options, double learningRate, int epochs)
{
    /// <param name="epoch">From 1.</param>
    public double Rate(int epoch)
    {
        int finished = epoch - 1;
        return options.Type switch
        {
            ScheduleType.Constant => learningRate,
            ScheduleType.Step => Drop(finished / options.StepSize),
            ScheduleType.Multistep => Drop(options.Milestones.Count(milestone => milestone <= finished)),
            ScheduleType.Exponential => Drop(finished),
            ScheduleType.Warmup => epoch < options.WarmupEpochs ? Rise(epoch) : learningRate,
            ScheduleType.Cosine => epoch <= options.WarmupEpochs ? Rise(epoch) : Anneal(finished - options.WarmupEpochs),
            _ => throw new InvalidOperationException($"no schedule {options.Type}"),
        };
    }

    double Rise(int epoch) => learningRate * epoch / options.WarmupEpochs;

    // Multiplied drop by drop: a power function would tie the bits to the mathematics library.
    double Drop(int times)
    {
        double rate = learningRate;
        for (int i = 0; i < times; i++) rate *= options.Gamma;
        return rate;
    }

    double Anneal(int finished)
    {
        int annealed = epochs - options.WarmupEpochs;
        double cosine = Elementary.SinCosTwoPi(finished / (2.0 * annealed)).Cos;   // cos(π · finished / annealed)
        return options.MinLearningRate + 0.5 * (learningRate - options.MinLearningRate) * (1 + cosine);
    }
}
