using AeVae.Reports.Claims;

namespace AeVae.Tests.Reports.Claims;

public sealed class ClaimSyntaxTests
{
    [Theory]
    [InlineData("", 1, "the check is empty")]
    [InlineData("last(ae.val.mse)", 17, "the comparison is missing")]
    [InlineData("last(ae.val.mse) = 3", 18, "abs(left - right) < 0.001")]
    [InlineData("last(ae.val.mse) < 3 < 4", 22, "one comparison")]
    [InlineData("last(ae.val.mse) < 3 and best(ae.val.mse) < 2", 22, "each part as a claim of its own")]
    [InlineData("last(ae.val.mse) 3", 18, "'3' stands where a comparison")]
    [InlineData("last(ae.val.mse) < 3 4", 22, "'4' stands where an operator")]
    [InlineData("lst(ae.val.mse) < 3", 1, "there is no function 'lst'. Functions are last(m)")]
    [InlineData("3 > ae.val.mse", 5, "last(ae.val.mse), for example")]
    [InlineData("last(ae.mse) < 3", 6, "variant.split.metric")]
    [InlineData("last(ae.eval.mse) < 3", 9, "no split 'eval'. Write train, val or test")]
    [InlineData("last(3) < 3", 6, "'3' stands where variant.split.metric")]
    [InlineData("last(ae.val.mse < 3", 17, "'<' stands where ')'")]
    [InlineData("last ae.val.mse < 3", 6, "'(' is expected behind 'last'")]
    [InlineData("at(ae.val.mse) < 3", 4, "the number of an epoch")]
    [InlineData("at(0, ae.val.mse) < 3", 4, "the number of an epoch")]
    [InlineData("at(1.5, ae.val.mse) < 3", 4, "the number of an epoch")]
    [InlineData("ae.test.mse < 3", 1, "'ae.test.mse' is measured once, at the end: write last(ae.test.mse).")]
    [InlineData("epochs_to(ae.val.mse) < 3", 11, "has a value for every epoch")]
    [InlineData("epochs_to(3) < 3", 12, "',' is expected")]
    [InlineData("last(ae.val.mse) < 0,001", 21, "',' stands where an operator")]
    [InlineData("last(ae.val.mse) < 2x", 20, "'2x' is no decimal number")]
    [InlineData("last(ae.val.mse) < 1e999", 20, "no decimal number")]
    [InlineData("last(ae.val.mse) ≤ 3", 18, "'≤' means nothing here")]
    [InlineData("last(ae.val.mse) <", 19, "the end stands where a number")]
    [InlineData("(last(ae.val.mse) < 3", 19, "'<' stands where ')' is expected")]
    [InlineData("1 < 2", 1, "nothing in it is measured")]
    public void AMistakeIsShownWhereItStandsWithWhatIsAllowed(string check, int column, string message)
    {
        ClaimSyntaxException error = Assert.Throws<ClaimSyntaxException>(() => ClaimSyntax.Parse(check));
        Assert.Equal(column, error.Column);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEndlessCheckIsRefused() =>
        Assert.Equal(1001, Assert.Throws<ClaimSyntaxException>(() => ClaimSyntax.Parse(new string('(', 100_000))).Column);

    [Fact]
    public void AsManyParenthesesAsFitAreRead() =>
        ClaimSyntax.Parse(new string('(', 490) + "last(a.val.mse)" + new string(')', 490) + "<1");

    [Fact]
    public void WhatIsMeasuredIsKnownWithItsPlaces()
    {
        Claim claim = ClaimSyntax.Parse("epochs_to(1.01 * best(mse-only.train.loss), mse-only.val.loss) <= at(3, vae.test.knn_accuracy)");
        Assert.Equal(
            [(ClaimFunction.Best, "mse-only", "train", "loss", 23, 38), (ClaimFunction.EpochsTo, "mse-only", "validation", "loss", 45, 58), (ClaimFunction.At, "vae", "test", "knn_accuracy", 73, 82)],
            claim.Measurements.Select(m => (m.Function, m.Variant, m.Split, m.Metric, m.Column, m.MetricColumn)));
        Assert.Equal([true, true, false], claim.Measurements.Select(m => m.NeedsGoal));
    }
}
