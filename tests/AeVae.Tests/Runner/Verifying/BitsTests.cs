using AeVae.Runner.Verifying;

namespace AeVae.Tests.Runner.Verifying;

public sealed class BitsTests
{
    [Theory]
    [InlineData(1.0, 1.0, true)]
    [InlineData(0.0, -0.0, false)]
    [InlineData(0.1, 0.1 + 1e-18, true)]                    // the same double
    [InlineData(0.1, 0.10000000000000002, false)]           // the next one
    [InlineData(double.NaN, double.NaN, true)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, false)]
    public void DoublesAreEqualByTheirBits(double a, double b, bool equal) => Assert.Equal(equal, Bits.AreEqual(a, b));

    [Fact]
    public void AnyNaNIsTheOneThatTheFileCanHold() => Assert.True(Bits.AreEqual(double.NaN, BitConverter.Int64BitsToDouble(0x7FF8000000000001)));

    [Theory]
    [InlineData(105.714, "105.714", "0x405A6DB22D0E5604")]
    [InlineData(-0.0, "-0", "0x8000000000000000")]
    [InlineData(5e-324, "5E-324", "0x0000000000000001")]
    public void ANumberIsShownExactlyInDecimalAndInHex(double value, string text, string hex) => Assert.Equal((text, hex), (Bits.Decimal(value), Bits.Hex(value)));
}
