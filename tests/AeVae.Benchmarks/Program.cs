using System.Globalization;
using System.Text.RegularExpressions;
using AeVae.Benchmarks;
using AeVae.Compute;
using AeVae.Runner.Commands;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

BenchmarkSwitcher benchmarks = BenchmarkSwitcher.FromAssembly(typeof(DenseBenchmarks).Assembly);
if (args.Length > 0)
{
    benchmarks.Run(args);
    return;
}

// Without arguments everything is measured and kept.
Summary[] summaries = [.. benchmarks.Run(["--filter", "*"])];
string machine = $"{Machine.Processor}, {Machine.ThreadCounts.Last()} cores, {Simd.Path}";
string path = Path.Combine(ProjectRoot.Find(AppContext.BaseDirectory), "tests", "AeVae.Benchmarks", "results", $"{Regex.Replace(machine.ToLowerInvariant(), "[^a-z0-9]+", "-")}-kernels.md");
Directory.CreateDirectory(Path.GetDirectoryName(path)!);
using StreamLogger file = new(path);
file.WriteLine($"# Kernels, steps and epochs on {machine}\n");
file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"`dotnet run -c Release --project tests/AeVae.Benchmarks`, {DateTime.UtcNow:yyyy-MM-dd}. GFLOP/s count the dense products by the formula."));
foreach (Summary summary in summaries)
{
    file.WriteLine($"\n## {summary.BenchmarksCases[0].Descriptor.Type.Name.Replace("Benchmarks", "", StringComparison.Ordinal)}\n");
    AccumulationLogger table = new();
    MarkdownExporter.GitHub.ExportToLog(summary, table);
    file.Write(table.GetLog().Replace("**", "", StringComparison.Ordinal));     // it sets the start of every group in bold
}

Console.WriteLine($"written to {path}");
