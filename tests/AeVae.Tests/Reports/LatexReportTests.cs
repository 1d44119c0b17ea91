using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Latex;
using AeVae.Reports.Runs;
using AeVae.Tests.Reports.Comparisons;

namespace AeVae.Tests.Reports;

public sealed class LatexReportTests : IDisposable
{
    const string NoCairo = "libcairo.so.2 is not installed";

    readonly string folder = Directory.CreateTempSubdirectory("aevae-latex").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("50 % of {a_b} & #1 for $2", @"50 \% of \{a\_b\} \& \#1 for \$2")]
    [InlineData(@"C:\~^<|>""", @"C:\textbackslash{}\textasciitilde{}\textasciicircum{}\textless{}\textbar{}\textgreater{}\textquotedbl{}")]
    [InlineData("μ ± σ², 10⁻⁵, z₁ → ∞", @"$\mu$ $\pm$ $\sigma$$^{2}$, 10$^{-}$$^{5}$, z$_{1}$ $\rightarrow$ $\infty$")]
    [InlineData("-137.75 and 0.1 to -0.2", @"$-$137.75 and 0.1 to $-$0.2")]
    [InlineData("2026-11-30, 1e-4, PCA-20, a--b", @"2026-11-30, 1e-4, PCA-20, a-{}-b")]
    [InlineData("Größe, café", "Größe, café")]
    [InlineData("[400], *x*, ''y'', it's `z`", @"{[}400], {*}x{*}, '{}'y'{}', it's \textasciigrave{}z\textasciigrave{}")]
    [InlineData("Σ xⁱ", @"$\Sigma$ xⁱ")]
    public void TextShowsAsItIs(string text, string latex) => Assert.Equal(latex, LatexText.Of(text));

    /// <summary>What a description may begin with, which is then no text to Markdown.</summary>
    [Theory]
    [InlineData("---", "\n\\hrule\n")]
    [InlineData("1. first", "\\begin{enumerate}\n\\item first\n\\end{enumerate}")]
    [InlineData("    let x", "\\begin{verbatim}\nlet x\n\\end{verbatim}")]
    [InlineData("<b>x</b>", "")]
    [InlineData("[a]: http://b", "")]
    public void EveryBlockIsWritten(string block, string latex) => Assert.Contains(latex, LatexPage.Write($"# r\n\n{block}\n", []), StringComparison.Ordinal);

    [Fact]
    public void CodeKeepsItsQuotesAndDashes() => Assert.Equal(@"\texttt{report -{}-db \textquotesingle{}a b\textquotesingle{} -1}", LatexText.Code("report --db 'a b' -1"));

    [Fact]
    public void AFigureStandsWithItsCaptionAndTheWidthThatItsLettersNeed()
    {
        Figure figure = new("loss", "Loss", "", 360, 200, _ => { });

        string latex = LatexPage.Write("# r\n\n## Loss\n\n<img src=\"loss.pdf\" width=\"360\" alt=\"Loss\">\n\nFalls to **0**.\n\nMore.\n", [figure]);

        Assert.Contains("\\section*{Loss}\n\n\\begin{figure}[H]\n\\centering\n\\includegraphics[width=0.5\\linewidth,height=0.75\\textheight,keepaspectratio]{loss.pdf}\n\\caption{Falls to \\textbf{0}.}\n\\label{fig:loss}\n\\end{figure}\n\nMore.\n", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void ATableKeepsItsColumnsLinesAndZeros()
    {
        string latex = LatexPage.Write("# r\n\n| key | n |\n| --- | --: |\n| `a\\|b` | `0` |\n| x<br>`y` | -2 |\n", []);

        Assert.Contains("\\begin{tabular}{lr}\n\\toprule\nkey & n \\\\\n\\midrule\n\\texttt{a\\textbar{}b} & \\texttt{0} \\\\\n\\begin{tabular}[t]{@{}l@{}}x \\\\ \\texttt{y}\\end{tabular} & $-$2 \\\\\n\\bottomrule\n\\end{tabular}", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void ATableHasTheHeadingAboveItAsCaptionAndALabelOfItsOwn()
    {
        string latex = LatexPage.Write("# r\n\n## What `a_b` differs\n\n| a |\n| - |\n| 1 |\n\nMore.\n\n| b |\n| - |\n| 2 |\n", []);

        Assert.Contains("\\begin{table}[H]\n\\centering\n\\caption{What \\texttt{a\\_b} differs}\n\\label{tab:what-a-b-differs}\n\\begin{fitted}\n\\begin{tabular}{l}", latex, StringComparison.Ordinal);
        Assert.Contains("\\label{tab:what-a-b-differs-2}\n", latex, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, "measured thing", "rrrr")]
    [InlineData(9, "measured thing", ">{\\raggedleft\\arraybackslash}p{4.7em}")]   // eight letters of "measured" at 0.52, and one to spare
    [InlineData(9, "measured-thing", ">{\\raggedleft\\arraybackslash}p{5.2em}")]   // and a hyphen
    [InlineData(9, "`measured-thing`", "rrrrrrrrr")]   // code is not broken
    public void HeadersOfATableThatIsWiderThanTheLineWrap(int columns, string header, string specification)
    {
        string Row(string cell) => $"|{string.Concat(Enumerable.Repeat($" {cell} |", columns))}\n";
        string latex = LatexPage.Write($"# r\n\n{Row(header)}{Row("--:")}{Row("1.25")}", []);

        Assert.Contains($"\\begin{{tabular}}{{{specification}", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void AColumnOfLongCellsWraps()
    {
        string latex = LatexPage.Write($"# r\n\n| claim | n |\n| - | - |\n| {string.Concat(Enumerable.Repeat("word ", 20))}<br>`x` | [1]<br>2 |\n", []);

        Assert.Contains("\\begin{tabular}{>{\\raggedright\\arraybackslash}p{0.7\\linewidth}l}", latex, StringComparison.Ordinal);
        Assert.Contains("word word \\newline \\texttt{x} & \\begin{tabular}[t]{@{}l@{}}{[}1] \\\\ 2\\end{tabular} \\\\", latex, StringComparison.Ordinal);
    }

    [Fact]
    public void ATableLongerThanAPageIsBroken()
    {
        string latex = LatexPage.Write($"# r\n\n| a |\n| - |\n{string.Concat(Enumerable.Range(0, 60).Select(i => $"| {i} |\n"))}", []);

        Assert.Contains("\\begingroup\\scriptsize\\setlength{\\tabcolsep}{2pt}\n\\begin{longtable}{l}\n\\caption{r}\n\\label{tab:r} \\\\\n\\toprule\na \\\\\n\\midrule\n\\endfirsthead\n\\toprule\na \\\\\n\\midrule\n\\endhead\n0 \\\\", latex, StringComparison.Ordinal);
        Assert.DoesNotContain("{tabular}", latex, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void FiguresArePdfsBesideTheText()
    {
        Skip.IfNot(ReportFigures.CanBePngAndPdf, NoCairo);
        File.WriteAllText(Path.Combine(folder, "loss.png"), "of report.md");
        ReportResult result = RunReport.Of(FakeRun.Full()).WriteLatex(folder);

        Assert.Equal("report.tex", Path.GetFileName(result.ReportPath));
        Assert.Equal(result.Figures, Directory.GetFiles(folder, "*.pdf").Length);
        Assert.All(Directory.GetFiles(folder, "*.pdf"), file => Assert.StartsWith("%PDF-1.", Encoding.ASCII.GetString(File.ReadAllBytes(file)[..7]), StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(folder, "loss.png")));
    }

    /// <summary>Not merely a text that looks like LaTeX: pdfLaTeX reads it without an error, whatever a person has written into names and descriptions.</summary>
    [SkippableTheory]
    [InlineData("run", "pdflatex")]
    [InlineData("comparison", "pdflatex")]
    [InlineData("comparison", "xelatex")]
    public void LatexCompilesIt(string kind, string program)
    {
        Skip.IfNot(ReportFigures.CanBePngAndPdf, NoCairo);
        RunData run = FakeRun.Full(), hostile = run with { Detail = run.Detail with { Experiment = run.Detail.Experiment with { Description = @"50 % of \input{x} & {y} $z$ #1 ^a_b ~ `c` <br> é ü 'q' ""d"" -- --- μ Σ 日" } } };
        Report report = kind == "run" ? RunReport.Of(hostile) : ComparisonReport.Of(ComparedRuns.Of([hostile, run.Seed(7, 1).Id("other"), FakeRun.Autoencoder().Named("[ae_1] & more")], new ComparisonOptions()));
        report.WriteLatex(folder);

        (int exitCode, string output) = Compile(program);

        Assert.True(exitCode == 0, output);
        Assert.True(new FileInfo(Path.Combine(folder, "report.pdf")).Length > 10_000);
        Assert.DoesNotMatch(@"Overfull \\hbox \(\d{2,}\.", output);     // beyond the margin by 10 points and more
    }

    (int ExitCode, string Output) Compile(string program)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, ["-interaction=nonstopmode", "-halt-on-error", "report.tex"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (Win32Exception)
        {
            Skip.If(true, $"{program} is not installed");
            throw;
        }
    }
}
