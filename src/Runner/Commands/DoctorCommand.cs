using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using AeVae.Compute;
using AeVae.Reports;
using AeVae.Runner.Execution;

namespace AeVae.Runner.Commands;

/// <summary><c>runner doctor</c>: what this machine offers, and where things are.</summary>
static class DoctorCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Command command = new("doctor", "Show what this machine offers and where data and results are");
        command.SetAction(parsed => Examine(globals.Read(parsed)));
        return command;
    }

    static int Examine(Globals globals)
    {
        (string What, string Found)[] findings =
        [
            ("version", $"{typeof(DoctorCommand).Assembly.GetName().Version?.ToString(3)}, numeric contract NC-{RunExecution.NumericContract}"),
            ("arithmetic", Simd.Path.ToString()),
            ("threads", $"{Processors.PhysicalCores} by default; {Environment.ProcessorCount} processors for this process"),
            ("figures", RunReport.CanDrawPng
                ? "PNG, drawn by Cairo"
                : OperatingSystem.IsLinux() ? "SVG; for PNG install Cairo: apt install libcairo2" : "SVG; for PNG use Linux with Cairo"),
            ("database", Where(globals.DatabasePath, File.Exists(globals.DatabasePath))),
            ("data", Where(globals.DataFolder, Directory.Exists(globals.DataFolder))),
            ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}"),
        ];
        if (globals.Json)
        {
            globals.Output.WriteLine(new JsonObject(findings.Select(finding => KeyValuePair.Create(finding.What, (JsonNode?)finding.Found))).ToJsonString());
            return ExitCodes.Ok;
        }

        foreach ((string what, string found) in findings)
            globals.Output.WriteLine($"{what,-12}{found}");
        return ExitCodes.Ok;
    }

    static string Where(string path, bool exists) => exists ? path : $"{path} (not there yet)";
}
