using System.Globalization;
using AeVae.Tracking;

namespace AeVae.Runner.Verifying;

/// <summary>Doubles compared and written by their 64 bits.</summary>
static class Bits
{
    /// <summary>The same bits; SQLite keeps no payload of a NaN, so any two are equal.</summary>
    public static bool AreEqual(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));

    /// <summary>The shortest text that reads back as the same double.</summary>
    public static string Decimal(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The 64 bits: <c>0x405A6DB22D0E5604</c>.</summary>
    public static string Hex(double value) => $"0x{BitConverter.DoubleToUInt64Bits(value):X16}";

    /// <summary>Two numbers that should have been equal; null where there is none.</summary>
    public static Difference Difference(DifferenceKind kind, string name, double? stored, double? computed) =>
        new(kind, name, stored is { } s ? Decimal(s) : null, computed is { } c ? Decimal(c) : null)
        {
            StoredBits = stored is { } before ? Hex(before) : null,
            ComputedBits = computed is { } now ? Hex(now) : null,
        };
}
