using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using AeVae.Accuracy;
using AeVae.Compute;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException mistake)
{
    Console.Error.WriteLine($"{mistake.Message}\nusage: dotnet run -c Release --project tests/AeVae.Accuracy -- [FUNCTION …] [--every N] [--threads N]");
    return 2;
}

Console.WriteLine($"every {(options.Every == 1 ? "" : $"{options.Every:N0}th ")}argument, {Simd.Path} and scalar, {options.Threads} threads, {RuntimeInformation.FrameworkDescription}\n");
Console.WriteLine("| function | arguments | number | misrounded | largest error, ulp of the float | at | before rounding, ulp of the double | at | seconds |");
Console.WriteLine("|---|---|---:|---:|---:|---|---:|---|---:|");
bool certain = true;
List<string> misrounded = [];
using ThreadTeam team = new(options.Threads);
foreach (Census census in Census.All.Where(census => options.Functions.Count == 0 || options.Functions.Contains(census.Function)))
{
    long start = Stopwatch.GetTimestamp();
    Tally tally = census.Count(team, options.Every, share => Console.Error.Write($"\r{census.Function}, {census.Arguments}: {share:P0}   "));
    Console.Error.Write('\r');
    Console.WriteLine($"| {census.Function} | {census.Arguments} | {tally.Arguments:N0} | {tally.Misrounded:N0} | {tally.Float.Units:F11} | {Argument(tally.Float)} | {tally.Double.Units:F3} | {Argument(tally.Double)} | {Stopwatch.GetElapsedTime(start).TotalSeconds:F0} |");
    if (tally.Misrounded > 0) misrounded.Add($"{census.Function}, {census.Arguments}: {Listed(tally)}");
    if (tally.Undecided + tally.PathDifferences == 0) continue;
    certain = false;
    Console.Error.WriteLine($"{census.Function}, {census.Arguments}: the oracle cannot decide {tally.Undecided} arguments, and the paths differ in {tally.PathDifferences} results");
}
if (misrounded.Count > 0) Console.WriteLine($"\nMisrounded arguments, as the bits of the float:\n\n{string.Join('\n', misrounded)}");
return certain ? 0 : 1;

static string Argument(LargestError error) => $"{error.Argument:R} (`{BitConverter.SingleToUInt32Bits((float)error.Argument):x8}`)";

static string Listed(Tally tally)
{
    uint[] arguments = [.. tally.MisroundedArguments];
    return string.Join(' ', arguments.Select(bits => $"{bits:x8}")) + (tally.Misrounded > arguments.Length ? $" and {tally.Misrounded - arguments.Length:N0} more" : "");
}
