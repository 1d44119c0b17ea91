using System.Globalization;
using System.Text;
using AeVae.Compute;

namespace AeVae.Tests.Nc1;

/// <summary>NC-1 C3, C7, C14: the numbers that src/Compute/README.md promises to other implementations, computed here and compared with the page.</summary>
public sealed class ReferenceRunTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void TheReferenceRunHasTheDigestsOfThePage(int threads) => ContractPage.AssertHolds(ReferenceRun.Describe(threads));

    [Fact]
    public void ADecimalCommaChangesNothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture, commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = ".", NegativeSign = "−" };
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.Equal("−1,5", $"{-1.5}");
            ContractPage.AssertHolds(ReferenceRun.Describe(threads: 1));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void TheElementaryFunctionsHaveTheKnownAnswersOfThePage()
    {
        var text = new StringBuilder("x        exp      ln       log1p    tanh     sigmoid  softplus\n");
        foreach (float x in (float[])[0, -0f, float.Epsilon, 1e-5f, -1e-5f, 0.3f, -0.3f, 1, -1, 1.5f, -2.75f, 10, -20, 88.7f, -103, 3e38f, float.PositiveInfinity, float.NegativeInfinity])
            text.Append(string.Join(' ', new[] { x, Elementary.Exp(x), Elementary.Log(x), Elementary.Log1p(x), Elementary.Tanh(x), Elementary.Sigmoid(x), Elementary.Softplus(x) }.Select(Pattern.Of))).Append('\n');
        ContractPage.AssertHolds(text.ToString());
    }
}
