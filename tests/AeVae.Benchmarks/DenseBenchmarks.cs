using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using AeVae.Compute;
using AeVae.Data;
using AeVae.Data.Batches;
using AeVae.Models;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Parameters;

namespace AeVae.Benchmarks;

/// <summary>The three products of each layer of the 784–400–20–400–784 network at batch 128, and of a small layer.</summary>
[Config(typeof(Settings<DenseBenchmarks>))]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet ends the team through Cleanup")]
public class DenseBenchmarks : ICounted
{
    const int Batch = 128;

    Matrix x = null!, weight = null!, bias = null!, y = null!, dX = null!, dWeight = null!;
    NonzeroLists zeros = null!;
    ThreadTeam team = null!;

    /// <summary>in × out. No input is 0, except that those of the first layer are also images, four in five of whose pixels are; and those of two layers as often as they say,
    /// little more than what is skipped.</summary>
    [Params("784x400", "784x400 images", "400x20", "20x400", "400x784", "400x784 20% zeros", "256x128", "256x128 48% zeros")]
    public string Layer { get; set; } = "";

    /// <summary>Registers.</summary>
    [ParamsSource(nameof(Paths))]
    public SimdPath Path { get; set; }

    /// <summary>The caller included.</summary>
    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    public static IEnumerable<SimdPath> Paths => Machine.Paths;

    public static IEnumerable<int> ThreadCounts => Machine.ThreadCounts;

    public static double Operations(ParameterInstances parameters)
    {
        (int inputs, int outputs) = Sizes((string)parameters[nameof(Layer)]);
        return 2.0 * Batch * inputs * outputs;
    }

    [GlobalSetup]
    public void Setup()
    {
        (int inputs, int outputs) = Sizes(Layer);
        team = Machine.Team(Threads, Path);
        Matrix input = Layer.EndsWith("images", StringComparison.Ordinal) ? Images() : Noise(Batch, inputs, ShareOfZeros(Layer));
        (x, weight, bias, y) = (input, Noise(inputs, outputs), Noise(1, outputs), Noise(Batch, outputs));
        (dX, dWeight, zeros) = (new Matrix(Batch, inputs), new Matrix(inputs, outputs), new NonzeroLists(Batch, inputs));
    }

    [GlobalCleanup]
    public void Cleanup() => team.Dispose();

    [Benchmark]
    public void Forward() => DenseKernels.Forward(x, weight, bias, y, team, zeros);

    [Benchmark]
    public void InputGradient() => DenseKernels.InputGradient(y, weight, dX, team);

    [Benchmark]
    public void WeightGradient() => DenseKernels.WeightGradient(x, y, dWeight, team, zeros);

    static (int Inputs, int Outputs) Sizes(string layer)
    {
        int[] sizes = [.. layer.Split(' ')[0].Split('x').Select(int.Parse)];
        return (sizes[0], sizes[1]);
    }

    static double ShareOfZeros(string layer) => layer.EndsWith("% zeros", StringComparison.Ordinal) ? int.Parse(layer.Split(' ', '%')[1], CultureInfo.InvariantCulture) / 100.0 : 0;

    Matrix Images()
    {
        Matrix matrix = new(Batch, 784);
        BatchReader.ForTraining(ReferenceStep.Digits(Batch), Binarization.None, seed: 1).FillRange(matrix, first: 0, Batch, epoch: 1, team);
        return matrix;
    }

    static Matrix Noise(int rows, int columns, double zeros = 0)
    {
        Matrix matrix = new(rows, columns);
        float[] lots = new float[columns];
        for (int row = 0; row < rows; row++)
        {
            new RandomStream(1, "benchmark").FillNormal(matrix.Row(row), 0, (uint)row);
            new RandomStream(1, "zeros").FillUniform(lots, 0, (uint)row);
            for (int i = 0; i < columns; i++)
            {
                if (lots[i] < zeros) matrix[row, i] = 0;
            }
        }
        return matrix;
    }
}
