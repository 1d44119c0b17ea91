using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace AeVae.Runner.Specs;

/// <summary>Numbers and truth values of the YAML 1.2 core schema, without the spellings that two readers take for two different values.</summary>
static partial class ScalarText
{
    /// <summary>Reads a finite number; returns null, or why the text is none.</summary>
    public static string? Number(string text, out double value)
    {
        value = 0;
        if (Defect(text) is { } defect)
            return defect;
        value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) + 0.0;   // −0 becomes +0
        if (!double.IsFinite(value))
            return $"{text} is larger than the largest double, 1.8e308";
        return value == 0 && Significand(text).Any(digit => digit is > '0' and <= '9') ? $"{text} is nearer to 0 than the smallest double, 4.9e-324" : null;
    }

    /// <summary>Reads an integer exactly, also from 1e3, 5.0 or 400e-2; returns null, or why the text is none.</summary>
    public static string? Integer(string text, out BigInteger value)
    {
        value = 0;
        if (Defect(text) is { } defect)
            return defect;

        string[] parts = text.Split('e', 'E');
        string[] digits = parts[0].TrimStart('-', '+').Split('.');
        string written = digits[0] + digits.ElementAtOrDefault(1), significant = written.TrimEnd('0');
        var significand = BigInteger.Parse("0" + significant, CultureInfo.InvariantCulture);
        int exponent = 0;
        if (parts.Length > 1 && !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            exponent = int.MaxValue;
        long zeros = exponent + (long)digits[0].Length - significant.Length;

        if (significand.IsZero)
            return null;
        if (zeros < 0 || zeros > 400)
        {
            return zeros < 0 ? $"{text} is not a whole number" : $"{text} is far too large";
        }
        value = significand * BigInteger.Pow(10, (int)zeros) * (text[0] == '-' ? -1 : 1);
        return null;
    }

    /// <summary>Reads true or false; returns null, or why the text is neither.</summary>
    public static string? Boolean(string text, out bool value)
    {
        value = text is "true" or "True" or "TRUE";
        if (value || text is "false" or "False" or "FALSE")
            return null;
        return text.ToLowerInvariant() switch
        {
            "yes" or "on" or "y" or "1" => $"{text} is not a truth value in YAML 1.2; write true",
            "no" or "off" or "n" or "0" => $"{text} is not a truth value in YAML 1.2; write false",
            _ => $"'{text}' is neither",
        };
    }

    /// <summary>True when a plain scalar means something else than text: a number, a truth value or null.</summary>
    public static bool IsTyped(string text) =>
        Decimal().IsMatch(text) || NotFinite().IsMatch(text) || OtherBase().IsMatch(text) || Boolean(text, out _) is null;

    /// <summary>True for digits with a comma among them.</summary>
    public static bool IsGrouped(string text) => DecimalComma().IsMatch(text) || Grouped().IsMatch(text);

    static string? Defect(string text)
    {
        if (text.Length > 100)
            return "it is far too long for a number";
        string sign = text.StartsWith('-') ? "-" : "";
        string unsigned = text.TrimStart('-', '+');
        if (LeadingZero().IsMatch(text))
            return $"{text} has a leading zero, which some readers take for octal; write {sign}{Trimmed(unsigned)}";
        if (Decimal().IsMatch(text))
            return null;
        if (NotFinite().IsMatch(text))
            return $"{text} is not a finite number";
        if (OtherBase().IsMatch(text))
            return $"{text} is not decimal; write it in digits 0 to 9";
        if (DecimalComma().IsMatch(text))
            return Thousand().IsMatch(text) ? $"{text} has a comma; write {text.Replace(",", "", StringComparison.Ordinal)}, or {text.Replace(',', '.')} if it is a decimal one" : $"{text} has a decimal comma; write {text.Replace(',', '.')}";
        if (Grouped().IsMatch(text))
            return $"{text} has grouped digits; write {text.Replace("_", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal)}";
        return Sexagesimal().IsMatch(text) ? $"{text} is base 60 to some readers; write one decimal number" : $"'{text}' is not a number";
    }

    static string Trimmed(string digits) => digits.TrimStart('0') is { Length: > 0 } rest && char.IsDigit(rest[0]) ? rest : "0" + digits.TrimStart('0');

    static string Significand(string text) => text.Split('e', 'E')[0];

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^[-+]?0[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?\z")]
    private static partial Regex LeadingZero();

    [GeneratedRegex(@"^([-+]?\.?inf(inity)?|\.?nan)\z", RegexOptions.IgnoreCase)]
    private static partial Regex NotFinite();

    [GeneratedRegex(@"^[-+]?0[xob][0-9a-f]+\z", RegexOptions.IgnoreCase)]
    private static partial Regex OtherBase();

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*),[0-9]+([eE][-+]?[0-9]+)?\z")]
    private static partial Regex DecimalComma();

    [GeneratedRegex(@"^[-+]?[1-9][0-9]{0,2},[0-9]{3}\z")]
    private static partial Regex Thousand();

    [GeneratedRegex(@"^[-+]?[0-9]+([_,][0-9]+)+\z")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^[-+]?[0-9]+(:[0-9]+)+(\.[0-9]*)?\z")]
    private static partial Regex Sexagesimal();
}
