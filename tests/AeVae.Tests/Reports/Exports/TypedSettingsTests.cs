using AeVae.Reports.Exports;
using AeVae.Reports.Runs;
using AeVae.Tracking;

namespace AeVae.Tests.Reports.Exports;

public sealed class TypedSettingsTests
{
    [Theory]
    [InlineData("train.learning_rate", "1e-4", 1e-4)]
    [InlineData("train.epochs", "50", 50.0)]
    [InlineData("data.train_limit", "null", null)]
    [InlineData("train.optimizer.centered", "true", true)]
    [InlineData("model.encoder", "[400]", "[400]")]
    [InlineData("seed", "9007199254740993", "9007199254740993")]     // 2⁵³ + 1 is no double
    [InlineData("seed", "18446744073709551615", "18446744073709551615")]
    [InlineData("data.path", "007", "007")]                          // text in the configuration
    public void ValuesHaveTheirType(string key, string text, object? expected)
    {
        RunData run = FakeRun.Full(1);
        RunDetail detail = run.Detail with { Parameters = [new(key, text)], Experiment = run.Detail.Experiment with { ConfigJson = """{"seed":42,"data":{"path":"007"}}""" } };

        Assert.Equal(expected, TypedSettings.Of(detail).GetValueOrDefault(key));
    }
}
