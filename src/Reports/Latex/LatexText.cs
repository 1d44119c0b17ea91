using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AeVae.Reports.Latex;

/// <summary>Text as LaTeX that shows exactly that text, by pdfLaTeX, XeLaTeX and LuaLaTeX.</summary>
/// <remarks>Letters of Europe are left as they are. Those of other scripts need XeLaTeX or LuaLaTeX and a font that has them.</remarks>
static partial class LatexText
{
    const string Text =
        @"\ \textbackslash{} { \{ } \} $ \$ & \& # \# % \% _ \_ ^ \textasciicircum{} ~ \textasciitilde{} < \textless{} > \textgreater{} | \textbar{} "" \textquotedbl{} – -- — --- … \ldots{}";

    // What a font of text may lack.
    const string Mathematics =
        @"± \pm × \times ÷ \div · \cdot − - √ \surd ≤ \leq ≥ \geq ≈ \approx ≠ \neq ∞ \infty ← \leftarrow ↑ \uparrow → \rightarrow ↓ \downarrow ⌈ \lceil ⌉ \rceil ⌊ \lfloor ⌋ \rfloor "
        + @"½ \frac{1}{2} ᵏ ^{k} ⁻ ^{-} ¹ ^{1} ² ^{2} ³ ^{3} α \alpha β \beta γ \gamma δ \delta ε \varepsilon ζ \zeta η \eta θ \theta κ \kappa λ \lambda "
        + @"μ \mu ν \nu ξ \xi π \pi ρ \rho σ \sigma τ \tau φ \varphi χ \chi ψ \psi ω \omega";

    static readonly Dictionary<char, string> Signs = Pairs(Text).Concat(Pairs(Mathematics).Select(pair => KeyValuePair.Create(pair.Key, $"${pair.Value}$"))).ToDictionary();

    /// <summary>Words of a sentence or a cell; the sign before a negative number becomes a minus.</summary>
    public static string Of(string text) => Escaped(NegativeNumber().Replace(text, "−"));

    /// <summary>Code.</summary>
    public static string Code(string code) => $@"\texttt{{{Escaped(code).Replace("'", @"\textquotesingle{}", StringComparison.Ordinal).Replace("`", @"\textasciigrave{}", StringComparison.Ordinal)}}}";

    static string Escaped(string text)
    {
        StringBuilder latex = new();
        foreach (char c in text)
        {
            if (Signs.TryGetValue(c, out string? sign)) latex.Append(sign);
            else if (Digit(c, '⁰') is { } above) latex.Append(CultureInfo.InvariantCulture, $"$^{{{above}}}$");
            else if (Digit(c, '₀') is { } below) latex.Append(CultureInfo.InvariantCulture, $"$_{{{below}}}$");
            else if (c == '-' && latex is [.., '-']) latex.Append("{}-");    // two would become a dash
            else latex.Append(c);
        }

        return latex.ToString();
    }

    static IEnumerable<KeyValuePair<char, string>> Pairs(string table) => table.Split(' ').Chunk(2).Select(pair => KeyValuePair.Create(pair[0][0], pair[1]));

    static int? Digit(char c, char zero) => c - zero is >= 0 and <= 9 and var digit ? digit : null;

    [GeneratedRegex(@"(?<![\w.)\]-])-(?=\d)")]
    private static partial Regex NegativeNumber();
}
