using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using AeVae.Compute;

namespace AeVae.Tests.Nc1;

/// <summary>NC-1 C3 to C6, C13, C14: the reference run in processes of other settings, on other CPUs, and beside a busy neighbour. Every process says what it ran on.</summary>
public sealed class EnvironmentTests
{
    const string WithoutFma = "glibc.cpu.hwcaps=-FMA,-FMA4,-AVX2,-AVX512F";

    static readonly SimdPath Widest256 = Fma.IsSupported ? SimdPath.Vector256 : SimdPath.Vector128;

    [Fact]
    public void AProcessOfItsOwnGivesTheDigestsOfThePage() => Assert.Equal(Machine.Here, ReferenceRunIn([]));

    [SkippableTheory]
    [InlineData("DOTNET_EnableAVX512=0")]
    [InlineData("DOTNET_PreferredVectorBitWidth=256")]
    public void RegistersOf256BitsGiveThem(string setting)
    {
        SkipUnlessX64();
        Assert.Equal((Widest256, Fma.IsSupported), PathAndFma(ReferenceRunIn([setting])));
    }

    [SkippableFact]
    public void RegistersOf128BitsWithoutFusedMultiplyAddGiveThem()
    {
        SkipUnlessX64();
        Assert.Equal((SimdPath.Vector128, false), PathAndFma(ReferenceRunIn(["DOTNET_EnableAVX2=0"])));
    }

    [Fact]
    public void NoRegistersAtAllGiveThem() => Assert.Equal((SimdPath.Scalar, false), PathAndFma(ReferenceRunIn(["DOTNET_EnableHWIntrinsic=0"])));

    [SkippableFact]
    public void ACLibraryWithOtherBitsGivesThem()
    {
        SkipUnlessX64();
        Skip.IfNot(RuntimeInformation.RuntimeIdentifier.StartsWith("linux-x64", StringComparison.Ordinal), "only glibc can be told to leave instructions out");
        Skip.IfNot(Fma.IsSupported, "the CPU has no fused multiply-add to leave out");
        Machine vector = ReferenceRunIn([$"GLIBC_TUNABLES={WithoutFma}"]), scalar = ReferenceRunIn([$"GLIBC_TUNABLES={WithoutFma}", "DOTNET_EnableHWIntrinsic=0"]);
        Assert.Equal((Simd.Path, SimdPath.Scalar), (vector.Path, scalar.Path));
        // The library took another way, and its own results show it.
        Assert.NotEqual(Machine.Here.Libm, vector.Libm);
        Assert.NotEqual(Machine.Here.Libm, scalar.Libm);
    }

    [SkippableTheory]
    [InlineData("Nehalem", SimdPath.Vector128, false)]
    [InlineData("Haswell", SimdPath.Vector256, true)]
    [InlineData("max", SimdPath.Vector256, true)]
    public void AnEmulatedCpuGivesThem(string cpu, SimdPath path, bool fma)
    {
        SkipUnlessX64();
        string? qemu = Find("qemu-x86_64-static");
        Skip.If(qemu is null, "qemu-x86_64-static is not installed (Debian: qemu-user-static)");
        // The emulator cannot follow the runtime's double mapping of code.
        Assert.Equal((path, fma), PathAndFma(ReferenceRunIn(["DOTNET_EnableWriteXorExecute=0"], [qemu!, "-cpu", cpu])));
    }

    [SkippableFact]
    public void EightThreadsOnOneCoreBesideABusyProcessGiveThem()
    {
        string? taskset = Find("taskset");
        Skip.If(taskset is null, "taskset is not installed (Debian: util-linux)");
        using Process spinner = Process.Start(taskset!, ["-c", "0", "timeout", "300", "sh", "-c", "while :; do :; done"]);
        try
        {
            ReferenceRunIn([], [taskset!, "-c", "0"], threads: 8);
            Assert.False(spinner.HasExited);
        }
        finally
        {
            spinner.Kill(entireProcessTree: true);
            spinner.WaitForExit();
        }
    }

    [Theory]
    [InlineData("DOTNET_TieredCompilation=0", "DOTNET_TieredPGO=0")]
    [InlineData("DOTNET_TieredCompilation=0", "DOTNET_TieredPGO=1")]
    [InlineData("DOTNET_TieredCompilation=1", "DOTNET_TieredPGO=0")]
    [InlineData("DOTNET_TieredCompilation=1", "DOTNET_TieredPGO=1")]
    [InlineData("DOTNET_TC_QuickJitForLoops=0", "DOTNET_ReadyToRun=0")]
    [InlineData("DOTNET_JITMinOpts=1")]
    public void EveryTierOfTheCompilerGivesThem(params string[] settings) => Assert.Equal(Machine.Here.Path, ReferenceRunIn(settings).Path);

    [Theory]
    [InlineData("LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "TZ=Asia/Tokyo")]
    [InlineData("LANG=de_DE.UTF-8", "LC_ALL=de_DE.UTF-8", "TZ=America/St_Johns")]
    public void EveryLanguageTimeZoneAndFolderGivesThem(params string[] settings) => ReferenceRunIn(settings, folder: Path.GetTempPath());

    /// <summary>Compute and Models are compiled optimised in Debug too; Data and the compiler's other choices differ.</summary>
    [Fact]
    public void AReleaseBuildGivesThem()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("aevae release ");
        try
        {
            string root = ContractPage.Root, tests = Path.GetFileNameWithoutExtension(ChildProcess.Assembly);
            ChildProcess.Finish(ChildProcess.Start("dotnet", ["build", Path.Combine(root, "src", "Models", "Models.csproj"), "-c", "Release", "--no-restore", "-v", "q", "-nodeReuse:false", "-p:RunAnalyzers=false", $"-p:OutDir={folder.FullName}{Path.DirectorySeparatorChar}"], [], root));
            foreach (string file in (string[])[$"{tests}.dll", $"{tests}.runtimeconfig.json"]) File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder.FullName, file));
            ReferenceRunIn([], assembly: Path.Combine(folder.FullName, $"{tests}.dll"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs this assembly as a program, compares what it prints with the page, and returns what it ran on.</summary>
    static Machine ReferenceRunIn(string[] settings, string[]? before = null, int threads = 1, string? folder = null, string? assembly = null)
    {
        string[] command = [.. before ?? [], ChildProcess.Host, assembly ?? ChildProcess.Assembly, threads.ToString(CultureInfo.InvariantCulture)];
        string output = ChildProcess.Finish(ChildProcess.Start(command[0], command[1..], settings, folder ?? AppContext.BaseDirectory));
        int end = output.IndexOf('\n', StringComparison.Ordinal);
        ContractPage.AssertHolds(output[(end + 1)..]);
        return Machine.Parse(output[..end]);
    }

    static (SimdPath, bool) PathAndFma(Machine machine) => (machine.Path, machine.Fma);

    static void SkipUnlessX64() => Skip.IfNot(RuntimeInformation.ProcessArchitecture == Architecture.X64, "the setting is about x64");

    static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
