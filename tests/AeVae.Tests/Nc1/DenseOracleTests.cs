using AeVae.Compute;
using AeVae.Tests.Compute;

namespace AeVae.Tests.Nc1;

/// <summary>NC-1 C1, C2, C3: every dense kernel on every path and thread count against one chain per output, for sizes, zeros and magnitudes that a tile may trip over.</summary>
public sealed class DenseOracleTests
{
    static readonly int[] Sizes = [1, 2, 3, 5, 6, 7, 11, 13, 15, 16, 17, 23, 31, 32, 33, 47, 48, 49, 61, 64, 65, 97];

    /// <summary>What a matrix is filled with.</summary>
    public enum Numbers
    {
        /// <summary>Normal numbers of different sizes, some zeros of both signs.</summary>
        Dense,

        /// <summary>Four in five are zero, as in the images of digits, with whole rows and columns of zeros.</summary>
        Sparse,

        /// <summary>Products and sums that underflow: a CPU that flushes subnormal numbers gives other bits.</summary>
        Tiny,
    }

    public static TheoryData<int, Numbers> Cases()
    {
        TheoryData<int, Numbers> cases = [];
        for (int seed = 0; seed < 24; seed++) cases.Add(seed, (Numbers)(seed % 3));
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryKernelIsTheChainOfTheContract(int seed, Numbers numbers)
    {
        int batch = Size(seed, "batch"), inputs = Size(seed, "inputs"), outputs = Size(seed, "outputs") + (numbers == Numbers.Sparse ? 64 : 0);
        Matrix x = Filled(batch, inputs, numbers, "x"), weight = Samples.Normal(inputs, outputs, "w"), bias = Samples.Normal(1, outputs, "b"), dY = Filled(batch, outputs, numbers, "dY");
        int[] y = Expected(batch, outputs, (i, j) => Oracle.Chain(bias[0, j], inputs, k => x[i, k], k => weight[k, j]));
        int[] product = Expected(batch, outputs, (i, j) => Oracle.Chain(0, inputs, k => x[i, k], k => weight[k, j]));
        int[] dX = Expected(batch, inputs, (i, k) => Oracle.Chain(0, outputs, j => dY[i, j], j => weight[k, j]));
        int[] dWeight = Expected(inputs, outputs, (k, j) => Oracle.Chain(0, batch, i => x[i, k], i => dY[i, j]));
        int[] dBias = Expected(1, outputs, (_, j) => Enumerable.Range(0, batch).Aggregate(0f, (sum, i) => sum + dY[i, j]));
        NonzeroLists zeros = new(batch, inputs);
        int threads = Samples.ThreadCounts[seed % Samples.ThreadCounts.Length];
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(threads, path);
            Check("y", y, Roomy(batch, outputs), result => DenseKernels.Forward(x, weight, bias, result, team));
            Check("y without its zeros", y, Roomy(batch, outputs), result => DenseKernels.Forward(x, weight, bias, result, team, zeros));
            Check("dWeight without its zeros", dWeight, new(inputs, outputs), result => DenseKernels.WeightGradient(x, dY, result, team, zeros));
            Check("product", product, Roomy(batch, outputs), result => DenseKernels.Product(x, weight, result, team));
            Check("dX", dX, Roomy(batch, inputs), result => DenseKernels.InputGradient(dY, weight, result, team));
            Check("dWeight", dWeight, new(inputs, outputs), result => DenseKernels.WeightGradient(x, dY, result, team));
            Check("dBias", dBias, new(1, outputs), result => DenseKernels.BiasGradient(dY, result, team));

            void Check(string name, int[] expected, Matrix result, Action<Matrix> kernel)
            {
                kernel(result);
                Assert.True(expected.AsSpan().SequenceEqual(Samples.Bits(result)), $"{name} ({batch} × {inputs} × {outputs}, {numbers}) differs on {path} with {threads} threads");
                Assert.True(Samples.PaddingIsZero(result), $"{name} on {path} wrote into the padding");
            }
        }
    }

    [Fact]
    public void AnImageAmong128IsTheImageAlone()
    {
        const int Batch = 128, Inputs = 211, Outputs = 83;
        Matrix x = Filled(Batch, Inputs, Numbers.Sparse, "x"), weight = Samples.Normal(Inputs, Outputs, "w"), bias = Samples.Normal(1, Outputs, "b"), target = Samples.Uniform(Batch, Outputs, "t");
        Samples.Normal(1, Inputs, "full").Row(0).CopyTo(x.Row(5));   // alone it has too few zeros to skip, among the others it is in the kernel that skips
        NonzeroLists zeros = new(Batch, Inputs);
        foreach (SimdPath path in Samples.Paths)
        {
            using ThreadTeam team = new(3, path);
            (Matrix y, Matrix dY, Matrix dX, double[] losses) = Pass(x, target);
            foreach (int row in (int[])[0, 5, 6, 63, 127])
            {
                (Matrix yAlone, Matrix dYAlone, Matrix dXAlone, double[] loss) = Pass(Row(x, row), Row(target, row));
                Assert.Equal(Samples.Bits(Row(y, row)), Samples.Bits(yAlone));
                Assert.Equal(Samples.Bits(Row(dY, row)), Samples.Bits(dYAlone));
                Assert.Equal(Samples.Bits(Row(dX, row)), Samples.Bits(dXAlone));
                Assert.Equal(losses[row], loss[0]);
            }

            (Matrix Y, Matrix DY, Matrix DX, double[] Losses) Pass(Matrix images, Matrix targets)
            {
                int rows = images.Rows;
                Matrix y = new(rows, Outputs), probability = new(rows, Outputs), dY = new(rows, Outputs), dX = new(rows, Inputs);
                double[] losses = new double[rows], errors = new double[rows];
                DenseKernels.Forward(images, weight, bias, y, team, zeros);
                ActivationKernels.Forward(Activation.Tanh, y, y, team);
                LossKernels.SigmoidOutput(y, targets, 0.25f, probability, dY, losses, errors, team);
                DenseKernels.InputGradient(dY, weight, dX, team);
                return (y, dY, dX, losses);
            }
        }
    }

    static int Size(int seed, string role) => Sizes[Oracle.Word((ulong)seed, role, 0, 0, 0) % (uint)Sizes.Length];

    /// <summary>More memory than rows, as for the last short batch.</summary>
    static Matrix Roomy(int rows, int columns) => new(rows + 3, columns) { Rows = rows };

    static Matrix Row(Matrix matrix, int row)
    {
        Matrix alone = new(1, matrix.Columns);
        matrix.Row(row).CopyTo(alone.Row(0));
        return alone;
    }

    static int[] Expected(int rows, int columns, Func<int, int, float> element) =>
        [.. from row in Enumerable.Range(0, rows) from column in Enumerable.Range(0, columns) select BitConverter.SingleToInt32Bits(element(row, column))];

    static Matrix Filled(int rows, int columns, Numbers numbers, string name)
    {
        Matrix matrix = Roomy(rows, columns);
        Matrix normal = Samples.Normal(rows, columns, name, numbers == Numbers.Tiny ? 3e-39f : 1);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                bool zero = numbers == Numbers.Sparse && (row % 7 == 3 || column % 5 == 4 || Oracle.Word(1, name, (uint)row, (uint)column, 0) % 10 < 7);
                matrix[row, column] = zero ? 0 : normal[row, column];
            }
        }

        return matrix;
    }
}
