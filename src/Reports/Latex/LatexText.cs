using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AeVae.Reports.Latex;

/// <summary>Text as LaTeX that shows exactly that text, by pdfLaTeX, XeLaTeX and LuaLaTeX.</summary>
/// <remarks>Other letters are left as they are. Those that are not of Europe need XeLaTeX or LuaLaTeX and a font that has them; pdfLaTeX prints a question mark.</remarks>
static partial class LatexText
{
    const string Text =
        @"\ \textbackslash{} { \{ } \} $ \$ & \& # \# % \% _ \_ ^ \textasciicircum{} ~ \textasciitilde{} < \textless{} > \textgreater{} | \textbar{} "" \textquotedbl{} ` \textasciigrave{} – -- — --- … \ldots{} [ {[} * {*}";

    // What a font of text may lack.
    const string Mathematics =
        @"± \pm × \times ÷ \div · \cdot − - √ \surd ≤ \leq ≥ \geq ≈ \approx ≠ \neq ∞ \infty ← \leftarrow ↑ \uparrow → \rightarrow ↓ \downarrow ⌈ \lceil ⌉ \rceil ⌊ \lfloor ⌋ \rfloor "
        + @"½ \frac{1}{2} ᵏ ^{k} ⁻ ^{-} α \alpha β \beta γ \gamma δ \delta ε \varepsilon ζ \zeta η \eta θ \theta κ \kappa λ \lambda "
        + @"μ \mu ν \nu ξ \xi π \pi ρ \rho σ \sigma τ \tau φ \varphi χ \chi ψ \psi ω \omega "
        + @"Γ \Gamma Δ \Delta Θ \Theta Λ \Lambda Ξ \Xi Π \Pi Σ \Sigma Φ \Phi Ψ \Psi Ω \Omega";

    const int LongWord = 24;

    const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹", Subscripts = "₀₁₂₃₄₅₆₇₈₉";

    static readonly Dictionary<char, string> Signs = Pairs(Text).Concat(Pairs(Mathematics).Select(pair => KeyValuePair.Create(pair.Key, $"${pair.Value}$"))).ToDictionary();

    /// <summary>Words of a sentence or a cell; the sign before a negative number becomes a minus.</summary>
    public static string Of(string text) => Escaped(NegativeNumber().Replace(text, "−"));

    /// <summary>Code; a long word of it may break behind its dots, underscores and brackets.</summary>
    public static string Code(string code) =>
        $@"\texttt{{{string.Join(' ', code.Split(' ').Select(word => word.Length > LongWord ? BreakingPlace().Replace(Escaped(word), @"$0\allowbreak{}") : Escaped(word))).Replace("'", @"\textquotesingle{}", StringComparison.Ordinal)}}}";

    static string Escaped(string text)
    {
        StringBuilder latex = new();
        foreach (char c in text)
        {
            if (Signs.TryGetValue(c, out string? sign)) latex.Append(sign);
            else if (Superscripts.IndexOf(c, StringComparison.Ordinal) is >= 0 and var above) latex.Append(CultureInfo.InvariantCulture, $"$^{{{above}}}$");
            else if (Subscripts.IndexOf(c, StringComparison.Ordinal) is >= 0 and var below) latex.Append(CultureInfo.InvariantCulture, $"$_{{{below}}}$");
            else if (c is '-' or '\'' or ',' && latex is [.., var last] && last == c) latex.Append("{}").Append(c);    // two would become a dash or a quotation mark
            else latex.Append(c);
        }

        return latex.ToString();
    }

    static IEnumerable<KeyValuePair<char, string>> Pairs(string table) => table.Split(' ').Chunk(2).Select(pair => KeyValuePair.Create(pair[0][0], pair[1]));

    [GeneratedRegex(@"[.(](?=.)|\\_(?=.)")]
    private static partial Regex BreakingPlace();

    [GeneratedRegex(@"(?<![\w.)\]-])-(?=\d)")]
    private static partial Regex NegativeNumber();
}
