using AeVae.Data;
using AeVae.Models;

namespace AeVae.Tests.Models;

public sealed class ReferenceStepTests
{
    // Per image, forward and weight gradient each: 784·400 + 2·400·20 + 20·400 + 400·784 = 651,200 multiply-adds; input gradient: 651,200 − 784·400 = 337,600.
    [Fact]
    public void ItsFormulaCountsTheProductsOfBothDirections() => Assert.Equal(2 * 128 * (2 * 651_200 + 337_600), ReferenceStep.Operations);

    [Fact]
    public void ItsDigitsReturnUntilThereAreEnough()
    {
        ImageSet digits = ReferenceStep.Digits(6_001).Train;

        Assert.Equal((6_001, 784), (digits.Count, digits.PixelsPerImage));
        Assert.True(digits.Pixels.Span[^784..].SequenceEqual(digits.Pixels.Span[..784]));
    }

    // MNIST's training images have 80.9 % zeros.
    [Fact]
    public void ItsDigitsAreAsDarkAsThoseOfMnist() =>
        Assert.InRange(ReferenceStep.Digits(6_000).Train.Pixels.Span.Count((byte)0) / (6_000 * 784.0), 0.78, 0.84);
}
