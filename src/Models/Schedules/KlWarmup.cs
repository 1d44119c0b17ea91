namespace AeVae.Models.Schedules;

/// <summary>The KL weight of each epoch: linear from 0 in the first epoch to kl_weight in epoch kl_warmup_epochs + 1.</summary>
/// <remarks>It is constant within an epoch, so that loss = reconstruction + kl_weight · kl holds for the stored means.</remarks>
static class KlWarmup
{
    /// <param name="options">The objective.</param>
    /// <param name="epoch">From 1.</param>
    public static double Weight(LossOptions options, int epoch) => options.IsWarmUp(epoch) ? options.KlWeight * (epoch - 1) / options.KlWarmupEpochs : options.KlWeight;
}
