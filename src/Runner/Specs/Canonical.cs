using System.Globalization;
using System.Text.Json;

namespace AeVae.Runner.Specs;

/// <summary>The one spelling of names and numbers in the resolved configuration.</summary>
static class Canonical
{
    /// <summary>Shortest text that gives the same double again: <c>0.001</c>, <c>1e-8</c>, <c>20</c>.</summary>
    public static string Number(double value)
    {
        string text = (value + 0.0).ToString("R", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E', StringComparison.Ordinal);
        return e < 0 ? text : $"{text[..e]}e{int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>The bound of a range: an integer in full, any other number as <see cref="Number(double)"/>.</summary>
    public static string Number(decimal value) =>
        decimal.IsInteger(value) && value <= ulong.MaxValue ? decimal.Truncate(value).ToString(CultureInfo.InvariantCulture) : Number((double)value);

    /// <summary>The word of an enum member: <c>leaky_relu</c>.</summary>
    public static string Word(object member) => Name(member.ToString()!);

    /// <summary>The key of a property: <c>learning_rate</c>.</summary>
    public static string Name(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property);
}
