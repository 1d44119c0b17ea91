using System.Globalization;

namespace AeVae.Reports.Claims;

/// <summary>A word, number or sign of a claim.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it was written; empty at the end.</param>
/// <param name="Column">Where it begins, from 1.</param>
readonly record struct ClaimToken(ClaimTokenKind Kind, string Text, int Column)
{
    /// <summary>As messages name it.</summary>
    public override string ToString() => Kind == ClaimTokenKind.End ? "the end" : $"'{Text}'";
}

/// <summary>Kinds of tokens.</summary>
enum ClaimTokenKind
{
    /// <summary>Letters, digits, _, - and dots, beginning with a letter.</summary>
    Name,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>One or two characters that are neither.</summary>
    Sign,

    /// <summary>Nothing is left.</summary>
    End,
}

/// <summary>Cuts a claim into tokens.</summary>
static class ClaimTokens
{
    const string Signs = "+-*/(),<>=!";

    /// <summary>The tokens in order, the last of them <see cref="ClaimTokenKind.End"/>.</summary>
    /// <exception cref="ClaimSyntaxException">A character or number has no meaning here.</exception>
    public static IReadOnlyList<ClaimToken> Of(string text)
    {
        List<ClaimToken> tokens = [];
        int start = 0;
        while (true)
        {
            while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
            if (start == text.Length) break;
            ClaimToken token = Next(text, start);
            tokens.Add(token);
            start += token.Text.Length;
        }

        tokens.Add(new ClaimToken(ClaimTokenKind.End, "", text.Length + 1));
        return tokens;
    }

    static ClaimToken Next(string text, int start)
    {
        char first = text[start];
        if (IsLetter(first)) return Token(ClaimTokenKind.Name, EndOfName(text, start));
        if (char.IsAsciiDigit(first) || first == '.') return Number(text, start);
        if (!Signs.Contains(first, StringComparison.Ordinal)) throw new ClaimSyntaxException(start + 1, $"'{first}' means nothing here. A claim is written with names, numbers, + - * / ( ) , and one of < <= > >=.");
        bool isDouble = first is '<' or '>' or '=' or '!' && start + 1 < text.Length && text[start + 1] is '=' or '>';
        return Token(ClaimTokenKind.Sign, isDouble ? start + 2 : start + 1);

        ClaimToken Token(ClaimTokenKind kind, int end) => new(kind, text[start..end], start + 1);
    }

    // A hyphen inside a name belongs to it: the variant 'mse-only'. Behind a dot that would need another dot, names have none.
    static int EndOfName(string text, int start)
    {
        int end = start;
        while (end < text.Length && (IsLetter(text[end]) || char.IsAsciiDigit(text[end]) || text[end] is '.' or '-')) end++;
        return end;
    }

    static ClaimToken Number(string text, int start)
    {
        int end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '_' || (text[end] is '+' or '-' && text[end - 1] is 'e' or 'E'))) end++;
        string number = text[start..end];
        return double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? new ClaimToken(ClaimTokenKind.Number, number, start + 1)
            : throw new ClaimSyntaxException(start + 1, $"'{number}' is no decimal number. Write it like 0.05, 20 or 1e-4.");
    }

    static bool IsLetter(char c) => char.IsLetter(c) || c == '_';
}
