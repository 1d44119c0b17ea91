using System.ComponentModel;
using System.Diagnostics;

namespace AeVae.Tests.Nc1.Golden;

/// <summary>NC-1 C7: the C program gives golden.txt on this CPU and as Arm code, compiled without and with optimisation.</summary>
public sealed class CProgramTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("aevae-c-").FullName;

    [SkippableFact]
    public void ItGivesTheGoldenValuesOnThisMachine()
    {
        SkipUnlessHereAre("make", "gcc");

        (int status, string output) = Make(GoldenFile.Folder, "check-native");

        Assert.True(status == 0, output);
    }

    [SkippableFact]
    public void ItGivesTheGoldenValuesAsArmCode()
    {
        SkipUnlessHereAre("make", "aarch64-linux-gnu-gcc-12", "qemu-aarch64-static");

        (int status, string output) = Make(GoldenFile.Folder, "check-aarch64");

        Assert.True(status == 0, output);
    }

    [SkippableTheory]
    [InlineData("ieee.h", "return (float)sum;", "return a * b + c;")]
    [InlineData("ieee.h", "if (error != 0 && (bits(sum) & 1) == 0)", "if (0)")]
    [InlineData("layer.c", "for (int k = 0; k < in; k++)", "for (int k = in - 1; k >= 0; k--)")]
    [InlineData("layer.c", "for (int i = 0; i < batch; i++)\n            sum", "for (int i = batch - 1; i >= 0; i--)\n            sum")]
    [InlineData("loss.c", "lane[j % 16] = lane[j % 16]", "lane[j % 8] = lane[j % 8]")]
    [InlineData("optimizer.c", "a2 * g * g", "a2 * (g * g)")]
    public void AnotherRoundingIsSeen(string file, string contract, string mutant)
    {
        SkipUnlessHereAre("make", "gcc");
        foreach (string source in Directory.GetFiles(GoldenFile.Folder)) File.Copy(source, Path.Combine(folder, Path.GetFileName(source)));
        string path = Path.Combine(folder, file), text = File.ReadAllText(path);
        Assert.Contains(contract, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(contract, mutant, StringComparison.Ordinal));

        (int status, string output) = Make(folder, "check-native", "VARIANTS=O0");

        Assert.NotEqual(0, status);
        Assert.Contains("\n> ", output, StringComparison.Ordinal);     // diff shows the other values: it was built and it ran
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    (int Status, string Output) Make(string sources, params string[] arguments) => Run("make", ["--directory", sources, $"BUILD={folder}/build", .. arguments]);

    static (int Status, string Output) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    static void SkipUnlessHereAre(params string[] programs)
    {
        foreach (string program in programs)
        {
            // A compiler may be there without the C library's headers.
            string[] arguments = program.Contains("gcc", StringComparison.Ordinal) ? ["-fsyntax-only", "-include", "math.h", "-x", "c", "/dev/null"] : ["--version"];
            try
            {
                Skip.IfNot(Run(program, arguments).Status == 0, $"`{program} {string.Join(' ', arguments)}` fails");
            }
            catch (Win32Exception)
            {
                Skip.If(true, $"{program} is not installed");
            }
        }
    }
}
