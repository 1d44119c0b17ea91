using System.Globalization;

namespace AeVae.Tests.Nc1;

/// <summary>Bit patterns as the page shows them.</summary>
static class Pattern
{
    public static string Of(float x) => float.IsNaN(x) ? "nan     " : BitConverter.SingleToUInt32Bits(x).ToString("x8", CultureInfo.InvariantCulture);

    public static string Of(double x) => BitConverter.DoubleToUInt64Bits(x).ToString("x16", CultureInfo.InvariantCulture);
}
