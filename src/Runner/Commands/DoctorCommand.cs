using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using AeVae.Compute;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner doctor</c>: what this machine offers, how fast it is, and where things are.</summary>
static class DoctorCommand
{
    const int Indent = 12;

    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Option<bool> repair = new("--repair") { Description = "Store what waits in journals, and mark runs as crashed whose process is dead; nothing else is examined" };
        Command command = new("doctor", "Show what this machine offers, how fast it computes, and where data and results are") { repair };
        command.SetAction(parsed => parsed.GetValue(repair) ? Repair.Run(globals.Read(parsed)) : Examine(globals.Read(parsed)));
        return command;
    }

    static int Examine(Globals globals)
    {
        MachineSpeed speed = MachineSpeed.Measure();
        IEnumerable<Finding> findings =
        [
            new("version", $"{typeof(DoctorCommand).Assembly.GetName().Version?.ToString(3)}, numeric contract NC-{NumericContract.Version}"),
            new("processor", ProvenanceReader.CpuModel()),
            new("arithmetic", Simd.Path.ToString()),
            new("threads", $"{Processors.PhysicalCores} by default; {Environment.ProcessorCount} processors for this process"),
            .. Speed(speed),
            new("figures", ReportFigures.CanBePngAndPdf
                ? "PNG, and PDF for LaTeX, drawn by Cairo"
                : OperatingSystem.IsLinux() ? "SVG; for PNG and PDF install Cairo: apt install libcairo2" : "SVG; for PNG and PDF use Linux with Cairo"),
            new("database", Repair.StateOf(globals)),
            new("data", Where(globals.DataFolder, Directory.Exists(globals.DataFolder))),
            new("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}"),
        ];
        if (globals.Json)
        {
            globals.Output.WriteLine(new JsonObject(findings.Select(finding => KeyValuePair.Create(finding.What, finding.Numbers ?? (JsonNode?)finding.Found))).ToJsonString());
            return ExitCodes.Ok;
        }

        foreach (Finding finding in findings)
            globals.Output.WriteLine($"{finding.What,-Indent}{finding.Found}");
        return ExitCodes.Ok;
    }

    /// <summary>What was measured.</summary>
    internal static IEnumerable<Finding> Speed(MachineSpeed speed)
    {
        yield return Peak(speed);
        yield return Step(speed);
        if (speed.RoundTripNanoseconds is { } roundTrip)
            yield return RoundTrip(roundTrip, speed.IsBusy);
        if (speed.IsBusy)
            yield return new("load", "the processors are busy with other work, or share a core: these figures are not those of an idle machine");
    }

    static Finding Peak(MachineSpeed speed)
    {
        string onAll = speed.Threads == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {speed.Peak:F0} on {speed.Threads}");
        return new("peak", string.Create(CultureInfo.InvariantCulture, $"{speed.PeakOfOneThread:F0} GFLOP/s of fused multiply-adds on 1 thread{onAll}, measured now"))
        {
            Numbers = new JsonObject { ["gflops_on_1_thread"] = speed.PeakOfOneThread, ["gflops"] = speed.Peak, ["threads"] = speed.Threads },
        };
    }

    static Finding Step(MachineSpeed speed)
    {
        double megaflop = ReferenceStep.Operations / 1e6;
        return new("step", string.Create(CultureInfo.InvariantCulture, $"{speed.StepSeconds * 1e3:F2} ms, {speed.Step:F0} GFLOP/s, {100 * speed.ShareOfPeak:F0} % of that peak: {ReferenceStep.Name}, {Counted.Of(speed.Threads, "thread")}")
            + string.Create(CultureInfo.InvariantCulture, $"\n{"",Indent}counted as {megaflop:F0} MFLOP, its products by the formula; skipped zeros count too"))
        {
            Numbers = new JsonObject { ["milliseconds"] = speed.StepSeconds * 1e3, ["gflops"] = speed.Step, ["share_of_peak"] = speed.ShareOfPeak, ["mflop_by_formula"] = megaflop },
        };
    }

    static Finding RoundTrip(double nanoseconds, bool isBusy)
    {
        const double BetweenCaches = 200;
        string slow = isBusy || nanoseconds < BetweenCaches ? "" : ": their cores share no cache, and training on several threads takes the longer for it";
        return new("latency", string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:F0} ns from one thread to another and back{slow}")) { Numbers = new JsonObject { ["nanoseconds"] = nanoseconds } };
    }

    static string Where(string path, bool exists) => exists ? path : $"{path} (not there yet)";

    /// <param name="What">Its name, also in JSON.</param>
    /// <param name="Found">For people; in JSON too, unless there are numbers.</param>
    internal sealed record Finding(string What, string Found)
    {
        public JsonObject? Numbers { get; init; }
    }
}
