using AeVae.Compute;
using AeVae.Models;

namespace AeVae.Tests.Nc1;

/// <summary>NC-1 C15: a NaN anywhere in the state of training ends it in the first step that meets it.</summary>
public sealed class PoisonTests
{
    public static TheoryData<string> Parameters =>
    [
        .. from layer in (string[])["encoder.0", "mean", "log_variance", "decoder.0", "decoder.1"] from kind in (string[])["weight", "bias"] select $"{layer}.{kind}",
    ];

    [Theory]
    [MemberData(nameof(Parameters))]
    public void InAParameterItIsFoundInStepOne(string name) => Assert.Equal((1, 1), Stop(name));

    [Theory]
    [MemberData(nameof(Parameters))]
    public void InAMomentOfAdamItIsFoundInStepTwo(string name)
    {
        Assert.Equal((1, 2), Stop($"optimizer.exp_avg.{name}"));
        Assert.Equal((1, 2), Stop($"optimizer.exp_avg_sq.{name}"));
    }

    static (int Epoch, int Step) Stop(string tensor)
    {
        using var team = new ThreadTeam(1);
        var trainer = new Trainer(ReferenceRun.Settings, ReferenceRun.Splits, team);
        Checkpoint checkpoint = trainer.Capture();
        checkpoint.ParameterTensors.Concat(checkpoint.OptimizerTensors).Single(t => t.Name == tensor).Values[^1] = float.NaN;
        trainer.Restore(checkpoint);
        NonFiniteException stop = Assert.Throws<NonFiniteException>(() => trainer.Run(CancellationToken.None).Count());
        return (stop.Epoch, stop.Step);
    }
}
