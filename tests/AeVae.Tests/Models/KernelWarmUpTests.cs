using AeVae.Compute;
using AeVae.Models;

namespace AeVae.Tests.Models;

public class KernelWarmUpTests
{
    public static TheoryData<ExperimentSettings> Experiments => new(
        SmallData.Vae(), SmallData.Ae(),
        Change(SmallData.Ae(), model => model with { Encoder = [], Activation = Activation.Tanh }),
        Change(SmallData.Vae(), model => model with { Encoder = [4000, 3000], Decoder = [2000], LatentDim = 1000 }));

    [Theory]
    [MemberData(nameof(Experiments))]
    public async Task AnyExperimentIsPreparedWithoutATrace(ExperimentSettings settings)
    {
        KernelWarmUp.Step(settings);    // what it throws would be swallowed
        string without = SmallData.Train(SmallData.Vae(1))[^1].ParametersSha256;
        Task warmUp = KernelWarmUp.Begin(settings, threads: 2);
        Assert.Equal(without, SmallData.Train(SmallData.Vae(1))[^1].ParametersSha256);
        await warmUp;
    }

    [Fact]
    public async Task WhatIsWrongWithAnExperimentIsLeftToItsTrainer()
    {
        ExperimentSettings wrong = Change(SmallData.Vae(), model => model with { Output = OutputActivation.Identity, LatentDim = 0 });
        Assert.ThrowsAny<ArgumentException>(() => SmallData.Train(wrong));
        await KernelWarmUp.Begin(wrong, threads: 2);
    }

    static ExperimentSettings Change(ExperimentSettings settings, Func<ModelOptions, ModelOptions> change) => settings with { Model = change(settings.Model) };
}
