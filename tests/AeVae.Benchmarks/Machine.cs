using AeVae.Compute;
using AeVae.Runner.Execution;
using AeVae.Tracking;

namespace AeVae.Benchmarks;

/// <summary>What benchmarks run on, and what it can do at most.</summary>
static class Machine
{
    static readonly Dictionary<(SimdPath, int), double> Peaks = [];

    /// <summary>The processor, by its name and, as virtual machines have one name for many, its family and model; the race names it alike.</summary>
    public static string Processor
    {
        get
        {
            const string linux = "/proc/cpuinfo";
            string[] lines = File.Exists(linux) ? File.ReadAllLines(linux) : [];
            string? Number(string name) => lines.FirstOrDefault(line => line.Split(':')[0].Trim() == name)?.Split(':')[1].Trim();
            return Number("cpu family") is { } family && Number("model") is { } model ? $"{ProvenanceReader.CpuModel()} (family {family}, model {model})" : ProvenanceReader.CpuModel();
        }
    }

    /// <summary>Every width of register that this machine has.</summary>
    public static IEnumerable<SimdPath> Paths => Enum.GetValues<SimdPath>().Where(path => path <= Simd.Path);

    /// <summary>One thread, and as many as runs use by default.</summary>
    public static IEnumerable<int> ThreadCounts => new[] { 1, Processors.PhysicalCores }.Distinct();

    /// <summary>A team of a benchmark; the peak of its registers and threads is measured beside it, now.</summary>
    public static ThreadTeam Team(int threads, SimdPath path)
    {
        ThreadTeam team = new(threads, path);
        Peaks[(path, threads)] = Math.Max(Peaks.GetValueOrDefault((path, threads)), FusedMultiplyAddPeak.Measure(team));
        return team;
    }

    /// <summary>The highest peak seen with these registers and threads, in GFLOP/s.</summary>
    public static double Peak(int threads, SimdPath path) => Peaks[(path, threads)];
}
