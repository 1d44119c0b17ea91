using AeVae.Models;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;

namespace AeVae.Tests.Runner.Sweeps;

public sealed class SweepMetricTests
{
    [Theory]
    [InlineData("val.loss", ModelType.Vae, Reconstruction.Bce, 1)]
    [InlineData("val.elbo", ModelType.Vae, Reconstruction.Bce, 0)]     // less weight on the KL alone lowers the reconstruction error
    [InlineData("val.bce", ModelType.Ae, Reconstruction.Bce, 1)]
    [InlineData("val.mse", ModelType.Vae, Reconstruction.Mse, 1)]
    public void TrialsAreRankedByWhatMeansTheSameInAllOfThem(string metric, ModelType type, Reconstruction reconstruction, double klWeight)
    {
        ExperimentSpec vae = SweepLaboratory.Spec(1e-3) with { Model = SweepLaboratory.Spec(1e-3).Model with { Type = ModelType.Vae }, Loss = new LossOptions() };
        ExperimentSpec other = vae with { Model = vae.Model with { Type = type }, Loss = vae.Loss with { Reconstruction = reconstruction, KlWeight = klWeight } };

        Assert.Equal(metric, SweepMetric.For([vae, other]));
    }
}
