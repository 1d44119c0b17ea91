namespace AeVae.Models.Losses;

/// <summary>kl_weight in the unit in which a summed BCE, or ½ · summed squared error, has scale 1: the β that can be compared between recipes.</summary>
static class EffectiveBeta
{
    public static double Of(LossOptions loss, int pixels)
    {
        double scale = (loss.Reconstruction == Reconstruction.Bce ? 1.0 : 2.0) / (loss.Reduction == Reduction.Mean ? pixels : 1);
        return loss.KlWeight / scale;
    }
}
