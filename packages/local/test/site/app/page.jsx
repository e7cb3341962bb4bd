export default function Page() {
  return <h1>built with {process.env.NEXT_PUBLIC_NAME}</h1>;
}
