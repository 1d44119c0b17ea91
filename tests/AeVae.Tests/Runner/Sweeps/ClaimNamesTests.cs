using AeVae.Data;
using AeVae.Models;
using AeVae.Reports.Claims;
using AeVae.Runner.Specs;
using AeVae.Runner.Sweeps;

namespace AeVae.Tests.Runner.Sweeps;

public sealed class ClaimNamesTests
{
    static readonly KeyValuePair<string, ExperimentSpec>[] Variants = [new("ae", Spec(ModelType.Ae)), new("vae-kl", Spec(ModelType.Vae))];

    [Theory]
    [InlineData("last(vea-kl.val.mse) < 1", 6, "there is no variant 'vea-kl'. Did you mean 'vae-kl'? Variants of this file: ae, vae-kl.")]
    [InlineData("last(ae.val.msee) < 1", 13, "variant ae measures no val.msee. Did you mean 'mse'? It measures, on val: loss, bce, mse,")]
    [InlineData("last(ae.val.kl) < 1", 13, "variant ae measures no val.kl.")]
    [InlineData("last(ae.val.knn_accuracy) < 1", 13, "variant ae measures no val.knn_accuracy.")]
    [InlineData("last(vae-kl.test.nll) < 1", 18, "variant vae-kl measures no test.nll.")]
    [InlineData("1 < best(vae-kl.val.kl)", 21, "neither a low nor a high kl is the better one. Use last, mean or at.")]
    [InlineData("at(10, ae.train.mse) < 1", 8, "train.mse is not measured after epoch 10: there are 9. Use last, or another epoch.")]
    [InlineData("at(4, ae.val.mse) < 1", 7, "val.mse is not measured after epoch 4: with 'eval.every: 3' only every so many epochs are, and the last one.")]
    [InlineData("at(3, ae.test.mse) < 1", 7, "the test images are measured once, at the end. Use last(ae.test.mse).")]
    [InlineData("best(vae-kl.test.mse) < 1", 6, "the test images are measured once, at the end. Use last(vae-kl.test.mse).")]
    [InlineData("mean(ae.test.mse) < 1", 6, "the test images are measured once, at the end. Use last(ae.test.mse).")]
    public void WhatTheExperimentDoesNotMeasureIsAMistakeWithItsPlace(string check, int column, string message)
    {
        (int Column, string Message) problem = Assert.Single(ClaimNames.Problems(ClaimSyntax.Parse(check), Variants));
        Assert.Equal(column, problem.Column);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AllMistakesAreToldAtOnce() =>
        Assert.Equal([6, 32], ClaimNames.Problems(ClaimSyntax.Parse("last(be.val.mse) < last(ae.val.kl)"), Variants).Select(problem => problem.Column));

    [Theory]
    [InlineData("epochs_to(1.01 * best(vae-kl.val.loss), vae-kl.val.loss) > at(3, ae.train.bce)")]
    [InlineData("last(vae-kl.test.knn_accuracy) > mean(vae-kl.val.kl)")]
    public void WhatIsMeasuredMayBeClaimed(string check) => Assert.Empty(ClaimNames.Problems(ClaimSyntax.Parse(check), Variants));

    static ExperimentSpec Spec(ModelType type) => new()
    {
        Name = "claims",
        Data = new DataOptions { Dataset = "synthetic" },
        Model = new ModelOptions { Type = type },
        Train = new TrainingOptions { Epochs = 9 },
        Eval = new EvaluationOptions { Every = 3 },
    };
}
