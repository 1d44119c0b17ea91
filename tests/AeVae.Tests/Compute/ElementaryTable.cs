using System.Globalization;
using AeVae.Accuracy;

namespace AeVae.Tests.Compute;

/// <summary>A line of fixtures/elementary.csv.</summary>
/// <param name="Argument">Argument.</param>
/// <param name="Nc1">What the text of NC-1 gives in double, before it is rounded.</param>
/// <param name="High">The exact value, rounded to double.</param>
/// <param name="Low">The rest of it.</param>
readonly record struct ElementaryRow(double Argument, double Nc1, double High, double Low)
{
    /// <summary>The float nearest to the exact value.</summary>
    public float Nearest => Comparison.Nearest(High, Low) ?? throw new InvalidDataException($"{Argument:R} needs more digits");
}

static class ElementaryTable
{
    public static IReadOnlyList<ElementaryRow> Read(string function) =>
    [
        .. from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Compute", "fixtures", "elementary.csv"))
           let cells = line.Split(',')
           where cells[0] == function
           select new ElementaryRow(Argument(cells[1]), BitConverter.UInt64BitsToDouble(Bits(cells[2])), Number(cells[3]), Number(cells[4])),
    ];

    static double Argument(string hex) => hex.Length == 16 ? BitConverter.UInt64BitsToDouble(Bits(hex)) : BitConverter.UInt32BitsToSingle((uint)Bits(hex));

    static ulong Bits(string hex) => ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
